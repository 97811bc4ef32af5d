package io.wgsd.discovery.push;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.AdvertisementParser;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.dnssd.push.DsoTlv;
import io.wgsd.dnssd.push.PushUpdate;
import io.wgsd.dnssd.push.SessionTimeouts;
import io.wgsd.dnssd.push.Subscription;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/**
 * The subscriber's side of one connection to a registry (RFC 8765): bytes in and bytes out, without a socket or a
 * clock.
 *
 * <p>Not thread-safe.
 */
final class PushDialogue {

    /** A bound for a hostile registry; a peer has an SRV, a TXT or two, and some addresses. */
    private static final int MOST_RECORDS = 64;

    private static final int MOST_SUBSCRIPTIONS = 10_000;
    private static final int LAST_ID = 0xffff;

    private final DnsSdNames names;
    private final Map<Integer, PublicKey> asked = new HashMap<>();
    private final Map<PublicKey, Integer> ids = new HashMap<>();
    private final Map<PublicKey, Set<Record>> records = new HashMap<>();
    private int lastId;
    private int keepaliveId;

    PushDialogue(DnsSdNames names) {
        this.names = names;
    }

    /** Says that the registry does not support push, so that trying again soon is of no use. */
    static final class UnsupportedPushException extends IOException {
        private static final long serialVersionUID = 1L;

        UnsupportedPushException(String message) {
            super(message);
        }
    }

    /**
     * What the registry said.
     *
     * @param key the peer that it is about
     * @param confirmed whether this only says that the registry has agreed to push changes of this peer
     * @param advertisement what it says of the peer now; empty where it knows of none
     */
    record News(PublicKey key, boolean confirmed, Optional<Advertisement> advertisement) {}

    /** Returns the messages that subscribe to exactly these peers, or to the first of them. */
    List<byte[]> follow(Set<PublicKey> wanted) {
        List<byte[]> messages = new ArrayList<>();
        Map<PublicKey, Integer> ended = new HashMap<>(ids);
        ended.keySet().removeAll(wanted);
        ended.forEach((key, id) -> {
            byte[] value = ByteBuffer.allocate(2).putShort(id.shortValue()).array();
            messages.add(DsoMessage.unidirectional(DsoTlv.of(DsoTlv.UNSUBSCRIBE, value))
                    .encode());
        });
        ids.keySet().retainAll(wanted);
        records.keySet().retainAll(wanted);
        for (PublicKey key : wanted) {
            if (!ids.containsKey(key) && ids.size() < MOST_SUBSCRIPTIONS && lastId < LAST_ID) {
                int id = nextId();
                ids.put(key, id);
                asked.put(id, key);
                records.put(key, new LinkedHashSet<>());
                messages.add(DsoMessage.request(
                                id, Subscription.all(names.instance(key)).encode())
                        .encode());
            }
        }
        return messages;
    }

    /** Returns a keepalive, which the registry has to answer. */
    byte[] keepalive() {
        keepaliveId = nextId();
        return DsoMessage.request(
                        keepaliveId, new SessionTimeouts(SessionTimeouts.INFINITE, Duration.ofSeconds(15)).encode())
                .encode();
    }

    boolean awaitsSignOfLife() {
        return keepaliveId != 0;
    }

    /** Returns whether there are so few ids left that a new connection is better. */
    boolean isUsedUp() {
        return lastId > LAST_ID - 100;
    }

    /**
     * Takes a message.
     *
     * @throws UnsupportedPushException if the registry does not support push
     * @throws IOException if what it says makes no sense
     */
    List<News> receive(byte[] bytes) throws IOException {
        DsoMessage message;
        try {
            if (!DsoMessage.isDso(bytes)) {
                throw new UnsupportedPushException("it answers with another opcode");
            }
            message = DsoMessage.parse(bytes);
            return message.response() ? answered(message) : pushed(message);
        } catch (FormatException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private List<News> answered(DsoMessage message) throws IOException {
        if (message.id() == keepaliveId) {
            keepaliveId = 0;
        }
        if (message.rcode() == Rcode.NOTIMP || message.rcode() == DsoMessage.DSOTYPENI) {
            throw new UnsupportedPushException("it answers " + message.rcode());
        }
        PublicKey key = asked.remove(message.id());
        if (key == null || !Integer.valueOf(message.id()).equals(ids.get(key))) {
            return List.of();
        }
        if (message.rcode() != Rcode.NOERROR) {
            // This peer is polled, as if there were no push.
            records.remove(key);
            return List.of();
        }
        return List.of(new News(key, true, Optional.empty()));
    }

    private List<News> pushed(DsoMessage message) throws IOException {
        Set<PublicKey> changed = new HashSet<>();
        for (DsoTlv tlv : message.tlvs()) {
            if (tlv.type() == DsoTlv.RETRY_DELAY) {
                throw new IOException("it asks the client to come again later");
            }
            if (tlv.type() == DsoTlv.PUSH) {
                changed.addAll(apply(PushUpdate.parse(tlv)));
            }
        }
        List<News> news = new ArrayList<>();
        for (PublicKey key : changed) {
            news.add(new News(key, false, advertisement(key)));
        }
        return news;
    }

    private Set<PublicKey> apply(PushUpdate update) throws IOException {
        Set<PublicKey> changed = new HashSet<>();
        for (Record record : update.removed()) {
            of(record.getName(), changed).remove(record);
        }
        for (Name name : update.cleared()) {
            of(name, changed).clear();
        }
        for (Record record : update.added()) {
            Set<Record> known = of(record.getName(), changed);
            known.add(record);
            if (known.size() > MOST_RECORDS) {
                throw new IOException("it announces more than " + MOST_RECORDS + " records of one peer");
            }
        }
        return changed;
    }

    /** Returns what is known at a name, and notes that it changes; records that were not subscribed to are dropped. */
    private Set<Record> of(Name name, Set<PublicKey> changed) {
        PublicKey key = names.key(name).orElse(null);
        Set<Record> known = key == null ? null : records.get(key);
        if (key == null || known == null) {
            return new HashSet<>();
        }
        changed.add(key);
        return known;
    }

    /** The address is also at the instance itself, so that one subscription is enough. */
    private Optional<Advertisement> advertisement(PublicKey key) {
        Set<Record> known = records.getOrDefault(key, Set.of());
        List<Record> all = new ArrayList<>(known);
        for (Record record : known) {
            if (record instanceof SRVRecord service) {
                known.stream()
                        .filter(each -> each.getType() == Type.A || each.getType() == Type.AAAA)
                        .map(each -> each.withName(service.getTarget()))
                        .forEach(all::add);
            }
        }
        Advertisement found = AdvertisementParser.of(names, key).parse(all).advertisement();
        return found.endpoints().isEmpty() ? Optional.empty() : Optional.of(found);
    }

    private int nextId() {
        return ++lastId;
    }
}
