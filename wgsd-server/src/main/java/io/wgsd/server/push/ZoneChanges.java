package io.wgsd.server.push;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneDiff;
import io.wgsd.dnssd.ZoneNode;
import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.dnssd.push.PushUpdate;
import io.wgsd.dnssd.push.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * What changed between two versions of a zone, by name, and the messages that report it, each made once. Not
 * thread-safe.
 */
final class ZoneChanges {

    private final Map<Name, List<Record>> removed = new HashMap<>();
    private final Map<Name, List<Record>> added = new HashMap<>();
    private final Map<Subscription, List<byte[]>> messages = new HashMap<>();
    private final Set<Subscription> topics = new HashSet<>();

    private ZoneChanges(ZoneDiff difference) {
        difference.removed().forEach(record -> add(record, removed));
        difference.added().forEach(record -> add(record, added));
    }

    private void add(Record record, Map<Name, List<Record>> to) {
        Name name = record.getName();
        to.computeIfAbsent(name, each -> new ArrayList<>()).add(record);
        for (int type : new int[] {record.getRRsetType(), Type.ANY}) {
            topics.add(new Subscription(name, type, record.getDClass()));
            topics.add(new Subscription(name, type, DClass.ANY));
        }
    }

    static ZoneChanges between(Zone earlier, Zone later) {
        return new ZoneChanges(ZoneDiff.between(earlier, later));
    }

    /** Returns the topics of which there may be news, however many other things there are to subscribe to. */
    Set<Subscription> topics() {
        return topics;
    }

    /** Returns the messages for clients with this subscription. */
    List<byte[]> messages(Subscription subscription) {
        return messages.computeIfAbsent(
                subscription,
                each -> encode(new PushUpdate(
                        wanted(removed.getOrDefault(each.name(), List.of()), each),
                        List.of(),
                        wanted(added.getOrDefault(each.name(), List.of()), each))));
    }

    /** Returns the messages that give a new subscriber the existing records. */
    static List<byte[]> all(Zone zone, Subscription subscription) {
        List<Record> records = zone.find(subscription.name()).map(ZoneNode::rrsets).orElse(List.of()).stream()
                .flatMap(List::stream)
                .toList();
        return encode(new PushUpdate(List.of(), List.of(), wanted(records, subscription)));
    }

    /** Returns the messages that have an update; none where nothing has changed. */
    static List<byte[]> encode(PushUpdate update) {
        return update.encode().stream()
                .map(tlv -> DsoMessage.unidirectional(tlv).encode())
                .toList();
    }

    /** Signatures and proofs belong to answers: a client that asks for all types wants the data. */
    private static List<Record> wanted(List<Record> records, Subscription subscription) {
        return records.stream()
                .filter(subscription::covers)
                .filter(record -> subscription.type() != Type.ANY
                        || (record.getType() != Type.RRSIG && record.getType() != Type.NSEC))
                .toList();
    }
}
