package io.wgsd.discovery.decide.relay;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.internal.Durations;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides about the relays: to which this host attaches ({@link RelayOrder}), which of them work, and what is written
 * for that ({@link AttachmentDecider}). A pure function of what is remembered and what is seen.
 *
 * <p>A relay is a peer of the device without allowed IPs and with a persistent keepalive, which the relay answers. It
 * works while its session is live and something comes from it. Where that is in doubt it is tested by further
 * keepalives. A peer that somebody else has made is used, and never written.
 */
public final class RelayDecider {

    private RelayDecider() {}

    /**
     * Decides.
     *
     * @param known what is remembered
     * @param seen what is seen
     */
    public static RelayDecision decide(RelayMemory known, RelaySight seen) {
        if (known.relays().isEmpty() && seen.news().relays().isEmpty()) {
            return RelayDecision.nothing(known, seen.news());
        }
        PublicPorts ports = known.ports().next(seen.self(), seen.at());
        Duration keepalive = ports.changing() ? AttachmentDecider.SHORT_KEEPALIVE : AttachmentDecider.KEEPALIVE;
        SortedMap<PublicKey, Attachment> read = read(known, seen);
        Set<PublicKey> announced = new HashSet<>();
        seen.news().relays().forEach(relay -> announced.add(relay.publicKey()));
        Set<PublicKey> chosen = RelayOrder.chosen(
                read.values().stream()
                        .filter(each -> announced.contains(each.key()))
                        .toList(),
                seen.kept());
        SortedMap<PublicKey, Attachment> next = new TreeMap<>();
        Map<PublicKey, DeviceChange> changes = new LinkedHashMap<>();
        Map<PublicKey, Endpoint> usable = new LinkedHashMap<>();
        Set<PublicKey> added = new HashSet<>();
        Set<PublicKey> removed = new HashSet<>();
        List<AgentEvent> events = new ArrayList<>();
        Duration lookAgainIn = RelayDecision.CALM;
        for (Attachment each : read.values()) {
            PublicKey key = each.key();
            AttachmentDecider step = new AttachmentDecider(
                            each, seen, keepalive, announced.contains(key), chosen.contains(key))
                    .decide();
            step.attachment().ifPresent(attachment -> {
                next.put(key, attachment);
                attachment.usable(seen.at()).ifPresent(endpoint -> usable.put(key, endpoint));
            });
            step.change().ifPresent(change -> changes.put(key, change));
            if (step.isAdded()) {
                added.add(key);
            }
            if (step.isRemoved()) {
                removed.add(key);
            }
            events.addAll(step.events());
            lookAgainIn = Durations.min(lookAgainIn, step.lookAgainIn());
        }
        return new RelayDecision(
                new RelayMemory(next, ports),
                new RelayView(news(seen.news(), announced, read), usable),
                changes,
                added,
                removed,
                events,
                lookAgainIn);
    }

    private static SortedMap<PublicKey, Attachment> read(RelayMemory known, RelaySight seen) {
        SortedMap<PublicKey, Attachment> read = new TreeMap<>(known.relays());
        for (KnownRelay relay : seen.news().relays()) {
            Attachment before = read.get(relay.publicKey());
            read.put(
                    relay.publicKey(),
                    before == null ? Attachment.first(relay, seen.at()) : before.edit(draft -> draft.relay = relay));
        }
        read.replaceAll((key, each) -> each.read(seen.device().peer(key), seen.at()));
        return read;
    }

    /** A relay that no registry announces any more may still be in use, and on the device. */
    private static RelayNews news(RelayNews news, Set<PublicKey> announced, SortedMap<PublicKey, Attachment> read) {
        return announced.containsAll(read.keySet())
                ? news
                : new RelayNews(read.values().stream().map(Attachment::relay).toList(), news.peers(), news.self());
    }
}
