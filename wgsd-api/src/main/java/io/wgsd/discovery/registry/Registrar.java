package io.wgsd.discovery.registry;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.candidate.RegistrationOutcome;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Registers this host's candidates at each registry that is reached through the device: when there are others, again at
 * half of the lease, and none any more at the end.
 *
 * <p>Not thread-safe, except for the responses, which may come in on any thread.
 */
public final class Registrar {

    /** RFC 9664, section 5.1: the shortest lease that a host should ask for. */
    static final Duration LEASE = Duration.ofMinutes(30);

    /** What is not taken back ends with its lease. */
    private static final Duration END = Duration.ofSeconds(1);

    private final List<Registered> registries;
    private final TimeSource clock;
    private final Runnable wake;
    private final Queue<Heard> inbox = new ConcurrentLinkedQueue<>();

    private record Heard(Registered registry, RegistrationOutcome outcome) {}

    /**
     * Makes one that has registered nothing.
     *
     * @param wake is run, on any thread, when a response has come
     */
    public Registrar(Collection<RegistryChannel> channels, TimeSource clock, Runnable wake) {
        registries = channels.stream().map(Registered::new).toList();
        this.clock = clock;
        this.wake = wake;
    }

    /**
     * Takes the responses that have come, and registers where that is due.
     *
     * @param key the key of this host's device
     * @param candidates where else this host can be reached now
     * @return what the operator has to know, once
     */
    public List<AgentEvent> register(PublicKey key, List<Endpoint> candidates, Reachability reach) {
        Moment now = clock.now();
        List<AgentEvent> events = takeIn(now);
        for (Registered registry : registries) {
            registry.wanted(key, candidates);
            registry.reconsider(now);
            if (registry.isDue(now) && isThroughDevice(registry, reach)) {
                List<Endpoint> list = registry.begin();
                var unused = registry.channel()
                        .register(key, list, LEASE, reach::tunnelSource)
                        .thenAccept(outcome -> {
                            inbox.add(new Heard(registry, outcome));
                            wake.run();
                        });
            }
        }
        return events;
    }

    /** Notes that a registry may have forgotten what was registered. */
    public void lost(InetSocketAddress label) {
        registries.stream()
                .filter(registry -> registry.channel().label().equals(label))
                .forEach(Registered::forget);
    }

    /** Takes back what is registered; waits for a second at most. */
    public void end(Reachability reach) {
        takeIn(clock.now());
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (Registered registry : registries) {
            registry.registeredKey()
                    .filter(key -> isThroughDevice(registry, reach))
                    .ifPresent(key ->
                            ends.add(registry.channel().register(key, List.of(), Duration.ZERO, reach::tunnelSource)));
        }
        CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, END.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static boolean isThroughDevice(Registered registry, Reachability reach) {
        return registry.channel().servers().stream()
                .anyMatch(server -> reach.tunnelSource(server).isPresent());
    }

    private List<AgentEvent> takeIn(Moment now) {
        List<AgentEvent> events = new ArrayList<>();
        for (Heard heard = inbox.poll(); heard != null; heard = inbox.poll()) {
            InetSocketAddress label = heard.registry().channel().label();
            heard.registry()
                    .ended(heard.outcome(), now)
                    .ifPresent(why -> events.add(new AgentEvent.CandidatesNotRegistered(
                            label,
                            "registry " + label.getHostString() + ":" + label.getPort()
                                    + " does not show other peers where else this host can be reached: " + why)));
        }
        return events;
    }
}
