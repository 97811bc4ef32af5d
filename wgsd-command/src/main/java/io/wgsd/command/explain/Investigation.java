package io.wgsd.command.explain;

import io.wgsd.command.explain.Evidence.Agent;
import io.wgsd.command.explain.Evidence.RegistryView;
import io.wgsd.command.output.ErrorText;
import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what is known about a peer: from an agent if one runs, from the device, from the registries, and by a few
 * packets. Blocks for about four seconds at most. Thread-safe.
 */
public final class Investigation {

    private static final long PATIENCE_MILLIS = 2500;

    /** Two datagrams more than a second apart, and an echo request, take less. */
    private static final Duration PROBES = Duration.ofMillis(3500);

    private final PeerSource source;
    private final String device;
    private final List<DiscoveryClient> registries;
    private final PeerNames names;
    private final @Nullable DiscoveryAgent agent;
    private final @Nullable Story story;

    private Investigation(
            PeerSource source,
            String device,
            List<DiscoveryClient> registries,
            PeerNames names,
            @Nullable DiscoveryAgent agent,
            @Nullable Story story) {
        this.source = source;
        this.device = device;
        this.registries = List.copyOf(registries);
        this.names = names;
        this.agent = agent;
        this.story = story;
    }

    /** Returns what answers for an agent: what is asked about a peer, and otherwise what {@code next} says. */
    public static UnaryOperator<String> of(
            DiscoveryAgent agent,
            PeerSource source,
            String device,
            List<DiscoveryClient> registries,
            PeerNames names,
            Story story,
            UnaryOperator<String> next) {
        Investigation investigation = new Investigation(source, device, registries, names, agent, story);
        return line -> ExplainQuery.parse(line)
                .map(query -> investigation.explain(query, investigation.read()).encoded())
                .orElseGet(() -> next.apply(line));
    }

    /**
     * Explains a peer where no agent runs.
     *
     * @throws WireGuardException if the device cannot be read
     */
    public static ExplainAnswer withoutAgent(
            PeerSource source, String device, List<DiscoveryClient> registries, PeerNames names, ExplainQuery query)
            throws WireGuardException {
        Optional<Device> reading = Optional.of(source.read(device));
        return new Investigation(source, device, registries, names, null, null).explain(query, reading);
    }

    private ExplainAnswer explain(ExplainQuery query, Optional<Device> reading) {
        PeerChoice choice = PeerChoice.of(query.peer(), known(reading), names, device);
        return choice.key()
                .map(key -> new ExplanationText(evidence(key, reading), names).answer(query.how()))
                .orElseGet(() -> new ExplainAnswer(ExplainAnswer.Verdict.UNKNOWN, choice.problem()));
    }

    private Collection<PublicKey> known(Optional<Device> reading) {
        Set<PublicKey> keys = new HashSet<>();
        reading.ifPresent(read -> read.peers().forEach(peer -> keys.add(peer.publicKey())));
        DiscoveryAgent running = agent;
        if (running != null) {
            running.state().forEach(peer -> keys.add(peer.publicKey()));
        }
        Story told = story;
        if (told != null) {
            keys.addAll(told.peers());
        }
        return keys;
    }

    private Evidence evidence(PublicKey key, Optional<Device> reading) {
        long begun = System.nanoTime();
        CompletableFuture<Probes> probes =
                CompletableFuture.supplyAsync(() -> inside(key, reading), Investigation::start);
        List<RegistryView> views = views(key, reading);
        Evidence seen = new Evidence(
                device,
                key,
                reading,
                agent(key),
                views,
                Probes.none(),
                story == null ? List.of() : story.of(key),
                Instant.now());
        Probes outward = outward(seen);
        Probes found = await(probes, begun + PROBES.toNanos(), Probes.none());
        return new Evidence(
                device,
                key,
                reading,
                seen.agent(),
                views,
                found.outward(outward.sendProblem(), outward.hubHeard(), outward.hubByTcp()),
                seen.story(),
                Instant.now());
    }

    private Optional<Agent> agent(PublicKey key) {
        DiscoveryAgent running = agent;
        if (running == null) {
            return Optional.empty();
        }
        Optional<PeerStatus> status = running.state().stream()
                .filter(peer -> peer.publicKey().equals(key))
                .findFirst();
        return Optional.of(new Agent(running.health(), status, running.relays()));
    }

    private Probes inside(PublicKey key, Optional<Device> reading) {
        Instant now = Instant.now();
        Evidence bare = new Evidence(device, key, reading, agent(key), List.of(), Probes.none(), List.of(), now);
        return bare.isConnected()
                ? bare.peerOnDevice()
                        .map(peer -> TunnelProbe.of(Probes.none(), device, peer))
                        .orElse(Probes.none())
                : Probes.none();
    }

    /** The questions to the registries were sent since the device was read, and its host's kernel answers something. */
    private Probes outward(Evidence seen) {
        if (seen.isConnected()) {
            return Probes.none();
        }
        Optional<Endpoint> target =
                seen.advertised().or(() -> seen.peerOnDevice().flatMap(Peer::endpoint));
        Optional<Boolean> tcp = seen.isAnyRegistryUp()
                ? Optional.empty()
                : seen.hub().flatMap(Peer::endpoint).map(OutwardProbe::isAnsweredByTcp);
        Optional<Boolean> heard = seen.isAnyRegistryUp() ? Optional.empty() : isHeard(seen.hub());
        return Probes.none().outward(target.flatMap(OutwardProbe::sendProblem), heard, tcp);
    }

    private Optional<Boolean> isHeard(Optional<Peer> before) {
        return before.flatMap(hub -> read().flatMap(later -> later.peer(hub.publicKey()))
                .map(now -> now.statistics().rxBytes() != hub.statistics().rxBytes()));
    }

    private List<RegistryView> views(PublicKey key, Optional<Device> reading) {
        Optional<PublicKey> own = reading.flatMap(Device::publicKey);
        List<CompletableFuture<Optional<Advertisement>>> peers = new ArrayList<>();
        List<CompletableFuture<Optional<Advertisement>>> selves = new ArrayList<>();
        for (DiscoveryClient client : registries) {
            peers.add(client.lookupAsync(key).toCompletableFuture());
            selves.add(own.map(self -> client.lookupAsync(self).toCompletableFuture())
                    .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
        }
        List<RegistryView> views = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        for (int i = 0; i < registries.size(); i++) {
            InetSocketAddress server = registries.get(i).servers().get(0);
            Optional<String> failure = failure(peers.get(i), deadline);
            boolean isSelfKnown = own.isPresent()
                    && failure.isEmpty()
                    && failure(selves.get(i), deadline).isEmpty();
            views.add(new RegistryView(
                    server.getAddress(),
                    server.getPort(),
                    now(peers.get(i)),
                    isSelfKnown ? now(selves.get(i)) : Optional.empty(),
                    isSelfKnown,
                    failure));
        }
        return views;
    }

    /** Waits, and returns why there is no answer. */
    private static Optional<String> failure(CompletableFuture<?> answer, long deadline) {
        try {
            answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Optional.of("it said nothing for " + PATIENCE_MILLIS + " ms");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return Optional.of(cause instanceof Exception known ? ErrorText.of(known) : String.valueOf(cause));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("this was interrupted");
        }
    }

    private static Optional<Advertisement> now(CompletableFuture<Optional<Advertisement>> answer) {
        return answer.isDone() && !answer.isCompletedExceptionally() ? answer.join() : Optional.empty();
    }

    private static <T> T await(CompletableFuture<T> future, long deadline, T otherwise) {
        return failure(future, deadline).isPresent() ? otherwise : future.join();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wgsd-explain");
        thread.setDaemon(true);
        thread.start();
    }

    private Optional<Device> read() {
        try {
            return Optional.of(source.read(device));
        } catch (WireGuardException e) {
            // That it cannot be read is part of the explanation.
            return Optional.empty();
        }
    }
}
