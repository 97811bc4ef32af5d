package io.wgsd.discovery.registry;

import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.Routes.AttachedNetwork;
import io.wgsd.discovery.decide.PeerMemory;
import io.wgsd.discovery.decide.local.LocalRules;
import io.wgsd.discovery.decide.local.Nearby;
import io.wgsd.discovery.route.Finding;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.internal.Durations;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What peers have registered of themselves: asks the registries for it where that could give a better path, soon after
 * something has changed, and less and less often after that.
 *
 * <p>Registries show it only to peers, so only those are asked that are reached through the device. Not thread-safe,
 * except for the answers, which may come in on any thread.
 */
public final class PeerCandidates {

    private static final int MOST_PENDING = 32;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** A peer without a session may be away for days. */
    private static final Duration LONGEST_PAUSE_WITHOUT = Duration.ofMinutes(5);

    private final List<RegistryChannel> channels;
    private final Runnable wake;
    private final Map<PublicKey, Asked> peers = new HashMap<>();
    private final Queue<Heard> inbox = new ConcurrentLinkedQueue<>();
    private int pending;

    /**
     * Makes one that knows nothing.
     *
     * @param wake is run, on any thread, when an answer has come
     */
    public PeerCandidates(Collection<RegistryChannel> channels, Runnable wake) {
        this.channels = List.copyOf(channels);
        this.wake = wake;
    }

    private record Heard(PublicKey key, @Nullable List<Endpoint> answer) {}

    /** What the pauses depend on: with another one it is asked at once. */
    private record Reason(Optional<Endpoint> advertised, Optional<Endpoint> self, boolean relayed, boolean connected) {}

    private static final class Asked {
        private final Reason reason;
        private @Nullable List<Endpoint> said;
        private boolean pending;
        private Moment next;
        private Duration pause = FIRST_PAUSE;

        private Asked(Reason reason, Moment next) {
            this.reason = reason;
            this.next = next;
        }
    }

    /**
     * Returns what may be tried of what peers have registered, and asks for more.
     *
     * @param states what is remembered of the peers
     * @param advertised where a registry sees a peer
     * @param self where a registry sees this host
     * @param networks the networks that this host is attached to
     */
    public Map<PublicKey, Nearby> follow(
            Collection<PeerMemory> states,
            Function<PublicKey, Optional<Endpoint>> advertised,
            Optional<Endpoint> self,
            List<AttachedNetwork> networks,
            Reachability reach,
            Moment at) {
        takeIn();
        for (PeerMemory memory : states) {
            PublicKey key = memory.peer().publicKey();
            if (memory.state() != PeerState.KEPT && (peers.containsKey(key) || isWanted(memory, self))) {
                Reason reason = new Reason(
                        advertised.apply(key), self, memory.state() == PeerState.RELAYED, memory.isConnected());
                about(memory, reason, reach, at);
            }
        }
        return nearby(networks, reach);
    }

    /** Forgets all peers but these. */
    public void retain(Set<PublicKey> keys) {
        peers.keySet().retainAll(keys);
    }

    private void about(PeerMemory memory, Reason reason, Reachability reach, Moment at) {
        PublicKey key = memory.peer().publicKey();
        Asked asked = peers.get(key);
        if (asked == null || !asked.reason.equals(reason)) {
            if (reason.advertised().isEmpty() && asked == null) {
                return;
            }
            Asked fresh = new Asked(reason, at);
            if (asked != null) {
                fresh.said = asked.said;
                fresh.pending = asked.pending;
            }
            asked = fresh;
            peers.put(key, fresh);
        }
        if (isWanted(memory, reason.self()) && !asked.pending && asked.next.hasCome(at) && pending < MOST_PENDING) {
            Duration longest = reason.connected() ? LONGEST_PAUSE : LONGEST_PAUSE_WITHOUT;
            asked.next = at.plus(asked.pause);
            asked.pause = Durations.min(asked.pause.multipliedBy(2), longest);
            ask(key, asked, reach);
        }
    }

    /** Returns whether there could be a better path than that in use. */
    private static boolean isWanted(PeerMemory memory, Optional<Endpoint> self) {
        if (memory.state() != PeerState.DIRECT) {
            return true;
        }
        Optional<Endpoint> used = memory.peer().endpoint();
        return self.isPresent() && used.map(Endpoint::address).equals(self.map(Endpoint::address));
    }

    private void ask(PublicKey key, Asked asked, Reachability reach) {
        List<CompletableFuture<List<Endpoint>>> answers = new ArrayList<>();
        for (RegistryChannel channel : channels) {
            if (channel.servers().stream()
                    .anyMatch(server -> reach.tunnelSource(server).isPresent())) {
                answers.add(channel.candidates(key, reach::tunnelSource));
            }
        }
        if (answers.isEmpty()) {
            return;
        }
        asked.pending = true;
        pending++;
        var unused = CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .handle((none, failure) -> {
                    inbox.add(new Heard(key, merged(answers)));
                    wake.run();
                    return null;
                });
    }

    /** Returns what all say together; null where none could be asked. */
    private static @Nullable List<Endpoint> merged(List<CompletableFuture<List<Endpoint>>> answers) {
        Set<Endpoint> all = new LinkedHashSet<>();
        boolean any = false;
        for (CompletableFuture<List<Endpoint>> answer : answers) {
            if (!answer.isCompletedExceptionally()) {
                any = true;
                all.addAll(answer.join());
            }
        }
        return any ? List.copyOf(all) : null;
    }

    private void takeIn() {
        for (Heard heard = inbox.poll(); heard != null; heard = inbox.poll()) {
            pending--;
            Asked asked = peers.get(heard.key());
            if (asked != null) {
                asked.pending = false;
                if (heard.answer() != null) {
                    asked.said = heard.answer();
                }
            }
        }
    }

    private Map<PublicKey, Nearby> nearby(List<AttachedNetwork> networks, Reachability reach) {
        Map<PublicKey, Nearby> nearby = new HashMap<>();
        Set<Endpoint> all = new HashSet<>();
        peers.values().forEach(asked -> {
            if (asked.said != null) {
                all.addAll(asked.said);
            }
        });
        Map<Endpoint, Finding> findings = all.isEmpty() ? Map.of() : reach.findings(all);
        peers.forEach((key, asked) -> {
            List<Endpoint> said = asked.said;
            if (said == null && asked.pending) {
                nearby.put(key, Nearby.whileAwaited());
            } else if (said != null && !said.isEmpty()) {
                nearby.put(
                        key,
                        LocalRules.of(
                                said,
                                isSameSite(asked.reason),
                                networks,
                                endpoint -> Finding.GOOD.equals(findings.get(endpoint))));
            }
        });
        return nearby;
    }

    private static boolean isSameSite(Reason reason) {
        return reason.self().isPresent()
                && reason.self()
                        .map(Endpoint::address)
                        .equals(reason.advertised().map(Endpoint::address));
    }
}
