package io.wgsd.server.push;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.dnssd.push.DsoTlv;
import io.wgsd.dnssd.push.PushUpdate;
import io.wgsd.dnssd.push.SessionTimeouts;
import io.wgsd.dnssd.push.Subscription;
import io.wgsd.model.FormatException;
import io.wgsd.server.transport.Client;
import io.wgsd.server.transport.PushChannel;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.transport.StreamHandler;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/**
 * One stream, which becomes a session with its first stateful operation (RFC 8490, section 5.1).
 *
 * <p>Only this host and peers may subscribe: RFC 8765 requires TLS, and here WireGuard proves who they are and encrypts
 * what they get. Used on the thread that serves streams only.
 */
final class PushSession implements StreamHandler {

    private static final int MOST_SUBSCRIPTIONS = 16_384;

    /** Who is silent for twice this is gone (RFC 8490, section 6.5). */
    private static final Duration KEEPALIVE = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(35);

    private final PushHub hub;
    private final QuerySource source;
    private final PushChannel channel;
    private final StreamHandler others;
    private final Map<Integer, Followed> subscriptions = new HashMap<>();
    private @Nullable Zone seen;
    /** What was told last of the members' zone. */
    private Optional<SOARecord> told = Optional.empty();

    private boolean established;

    /** What is followed, and what the client pays for that. */
    private record Followed(Topic topic, int memory) {}

    PushSession(PushHub hub, QuerySource source, PushChannel channel, StreamHandler others) {
        this.hub = hub;
        this.source = source;
        this.channel = channel;
        this.others = others;
    }

    QuerySource source() {
        return source;
    }

    /** Returns the zone up to which the subscriber has been notified; null before the first subscription. */
    @Nullable
    Zone seen() {
        return seen;
    }

    void sees(Zone zone) {
        seen = zone;
    }

    @Override
    public @Nullable Iterator<byte[]> answer(byte[] message) {
        if (!DsoMessage.isDso(message)) {
            return others.answer(message);
        }
        Zone now = hub.view(source).orElse(null);
        if (now == null) {
            // As if there were no such thing, which is how anyone else is answered; a session ends with what it rests
            // on.
            return established ? null : others.answer(message);
        }
        Iterator<byte[]> answer =
                parse(message).map(parsed -> answer(parsed, now)).orElse(null);
        if (answer == null) {
            // RFC 8490, section 5.3: who keeps to no rule is broken off with.
            channel.reset();
        }
        return answer;
    }

    private static Optional<DsoMessage> parse(byte[] message) {
        try {
            return Optional.of(DsoMessage.parse(message));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private @Nullable Iterator<byte[]> answer(DsoMessage message, Zone now) {
        DsoTlv primary = message.primary().orElse(null);
        if (message.response() || primary == null) {
            return message.response() ? Collections.emptyIterator() : null;
        }
        if (!established) {
            established = true;
            hub.establish(this);
        }
        boolean wantsAnswer = message.id() != 0;
        return switch (primary.type()) {
            case DsoTlv.KEEPALIVE -> {
                DsoTlv timeouts = new SessionTimeouts(SessionTimeouts.INFINITE, KEEPALIVE).encode();
                yield wantsAnswer ? one(message.respond(Rcode.NOERROR, timeouts)) : Collections.emptyIterator();
            }
            case DsoTlv.SUBSCRIBE -> wantsAnswer ? subscribe(message, primary, now) : null;
            case DsoTlv.UNSUBSCRIBE -> unsubscribe(primary);
            default -> wantsAnswer ? one(message.respond(DsoMessage.DSOTYPENI)) : null;
        };
    }

    private @Nullable Iterator<byte[]> subscribe(DsoMessage message, DsoTlv primary, Zone now) {
        if (subscriptions.containsKey(message.id())) {
            return null;
        }
        Subscription wanted;
        try {
            wanted = Subscription.parse(primary);
        } catch (FormatException e) {
            return one(message.respond(Rcode.FORMERR));
        }
        boolean ours = wanted.name().subdomain(hub.origin())
                && (wanted.dclass() == DClass.IN || wanted.dclass() == DClass.ANY);
        if (!ours) {
            return one(message.respond(Rcode.NOTAUTH));
        }
        if (hub.isFollowing(this, wanted)) {
            // RFC 8765, section 6.2.1: to subscribe to the same twice breaks a rule, in any letter case.
            return null;
        }
        if (hub.isOfMembers(wanted)) {
            return subscribeToMembers(message, wanted);
        }
        if (subscriptions.size() == MOST_SUBSCRIPTIONS || !hub.canHaveNews(wanted.name(), now)) {
            return one(message.respond(Rcode.REFUSED));
        }
        // A new subscription starts from what the session's earlier ones have seen; the rest comes with the next
        // update.
        Zone start = seen == null ? now : seen;
        List<byte[]> told = ZoneChanges.all(start, wanted);
        int memory = PushHub.memory(wanted, now);
        if (!channel.reserve(
                memory + told.stream().mapToInt(each -> each.length).sum())) {
            return one(message.respond(Rcode.REFUSED));
        }
        seen = start;
        subscriptions.put(message.id(), new Followed(hub.follow(this, wanted), memory));
        return new Subscribed(message.respond(Rcode.NOERROR).encode(), told.iterator(), channel);
    }

    /** Lets even a peer that is no member subscribe, so that it knows at once when it is one. */
    private Iterator<byte[]> subscribeToMembers(DsoMessage message, Subscription wanted) {
        Optional<SOARecord> before = told;
        told = Optional.empty();
        List<byte[]> news = newsOfMembers();
        int memory = PushHub.SUBSCRIPTION_MEMORY;
        if (subscriptions.size() == MOST_SUBSCRIPTIONS
                || !channel.reserve(
                        memory + news.stream().mapToInt(each -> each.length).sum())) {
            told = before;
            return one(message.respond(Rcode.REFUSED));
        }
        subscriptions.put(message.id(), new Followed(hub.follow(this, wanted), memory));
        return new Subscribed(message.respond(Rcode.NOERROR).encode(), news.iterator(), channel);
    }

    /** Returns what is to be told of the members' zone, which is then known. */
    List<byte[]> newsOfMembers() {
        Optional<SOARecord> now = hub.authority(source);
        if (now.equals(told)) {
            return List.of();
        }
        List<byte[]> news = ZoneChanges.encode(new PushUpdate(
                told.map(List::<Record>of).orElse(List.of()),
                List.of(),
                now.map(List::<Record>of).orElse(List.of())));
        told = now;
        return news;
    }

    /**
     * The answer to a subscription and the first notifications, which count as the client's memory until it reads them.
     */
    private static final class Subscribed implements Iterator<byte[]> {

        private final Iterator<byte[]> told;
        private final PushChannel channel;
        private byte @Nullable [] answer;

        Subscribed(byte[] answer, Iterator<byte[]> told, PushChannel channel) {
            this.answer = answer;
            this.told = told;
            this.channel = channel;
        }

        @Override
        public boolean hasNext() {
            return answer != null || told.hasNext();
        }

        @Override
        public byte[] next() {
            byte[] first = answer;
            if (first != null) {
                answer = null;
                return first;
            }
            byte[] next = told.next();
            channel.release(next.length);
            return next;
        }
    }

    private @Nullable Iterator<byte[]> unsubscribe(DsoTlv primary) {
        byte[] value = primary.value();
        if (value.length != 2) {
            return null;
        }
        Followed ended = subscriptions.remove(((value[0] & 0xff) << 8) | (value[1] & 0xff));
        if (ended != null) {
            hub.unfollow(this, ended.topic());
            channel.release(ended.memory());
        }
        return Collections.emptyIterator();
    }

    /** Tells of something. */
    void tell(List<byte[]> messages) {
        messages.forEach(channel::send);
    }

    void end() {
        channel.close();
    }

    @Override
    public Optional<Client> client() {
        return others.client();
    }

    @Override
    public Optional<Duration> patience() {
        return established ? Optional.of(PATIENCE) : Optional.empty();
    }

    @Override
    public void closed() {
        hub.remove(this);
        subscriptions.values().forEach(each -> hub.unfollow(this, each.topic()));
        subscriptions.clear();
    }

    private static Iterator<byte[]> one(DsoMessage message) {
        return List.of(message.encode()).iterator();
    }
}
