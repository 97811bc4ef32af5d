package io.wgsd.discovery.lookup;

import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.LookupResult;
import io.wgsd.discovery.PassResult;
import io.wgsd.discovery.PeerOutcome;
import io.wgsd.discovery.PeerOutcome.Kind;
import io.wgsd.discovery.Routes;
import io.wgsd.discovery.Trigger;
import io.wgsd.discovery.decide.Timing;
import io.wgsd.discovery.route.EndpointRules;
import io.wgsd.discovery.route.Finding;
import io.wgsd.discovery.route.RegistryPath;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One pass over a device: the edge between {@link PassPlan} and the world. Thread-safe where its parts are. */
public final class Pass {

    /** A pass decides by the peers alone. */
    private static final ReadOptions PEERS_ONLY = ReadOptions.defaults().withPublicKey(false);

    private final PeerSource source;
    private final String device;
    private final Set<PublicKey> kept;
    private final boolean insecureDnsAllowed;
    private final Routes routes;
    private final Trigger trigger;
    private final TimeSource clock;
    private final PassRegistry registry;
    private final Pause pause;

    /**
     * What a pass is about.
     *
     * @param source where the device is read and written
     * @param device the device's name
     * @param kept peers that are never written
     * @param insecureDnsAllowed whether registries are believed that are not reached through the device
     * @param routes the host's addresses and routes
     * @param trigger what sends datagrams
     * @param clock tells the time
     */
    public record Subject(
            PeerSource source,
            String device,
            Set<PublicKey> kept,
            boolean insecureDnsAllowed,
            Routes routes,
            Trigger trigger,
            TimeSource clock) {}

    public Pass(Subject subject, PassRegistry registry, Pause pause) {
        source = subject.source();
        device = subject.device();
        kept = subject.kept();
        insecureDnsAllowed = subject.insecureDnsAllowed();
        routes = subject.routes();
        trigger = subject.trigger();
        clock = subject.clock();
        this.registry = registry;
        this.pause = pause;
    }

    /** Makes the pass; blocks. */
    public PassResult run() throws WireGuardException, DiscoveryException {
        SessionReading before = SessionReading.first(source.read(device, PEERS_ONLY), clock.now());
        CryptokeyRouting routing = CryptokeyRouting.of(before.device());
        List<RegistryPath> paths = registry.servers().stream()
                .map(server -> RegistryPath.of(server, before.device(), routing, routes))
                .toList();
        EndpointRules rules = new EndpointRules(before.device(), registries(paths), routing, routes);
        // Found out once, before the second reading, so that little time passes between that and the write.
        Map<Endpoint, Optional<String>> refusals = new HashMap<>();
        PassPlan.Limits limits = new PassPlan.Limits(
                kept, registries(paths), endpoint -> refusals.getOrDefault(endpoint, Optional.empty()));
        Map<InetSocketAddress, Optional<InetAddress>> sources = sources(paths);
        Map<PublicKey, LookupResult> lookups = registry.findEndpoints(
                PassPlan.wanted(before, limits), server -> sources.getOrDefault(server, Optional.empty()));
        goOn(lookups.values());
        Map<Endpoint, Finding> findings =
                rules.findings(endpoints(lookups.values()), PassPlan.eligible(before, lookups));
        refusals.putAll(refusals(findings, lookups.values()));

        PassProbe probe = new PassProbe(before, PassPlan.doubtful(before, lookups, limits), registry.timeout());
        while (!probe.isOver()) {
            if (probe.isDatagramDue()) {
                trigger.pull(probe.look().device(), probe.asked());
                probe = probe.sent();
            }
            pause(probe.step());
            probe = probe.next(read(probe.look()));
        }
        SessionReading latest = probe.look();
        PassPlan plan = PassPlan.of(latest, lookups, limits, probe);
        if (plan.change().isPresent()) {
            latest = read(latest);
            plan = PassPlan.of(latest, lookups, limits, probe);
            Optional<DeviceChange> change = plan.change();
            if (change.isPresent()) {
                source.apply(device, change.get());
            }
        }
        trigger.pull(latest.device(), plan.ready());
        if (!plan.tried().isEmpty()) {
            plan = taken(plan, latest);
        }
        return PassResult.of(device, outcomes(before, plan), warnings(paths, plan, findings));
    }

    /** Takes back what was tried without success. */
    private PassPlan taken(PassPlan plan, SessionReading tried) throws WireGuardException, DiscoveryException {
        pause(Timing.trial(Timing.DEFAULT_ROUND_TRIP));
        PassPlan after = plan.after(tried, read(tried));
        Optional<DeviceChange> back = after.takingBack();
        if (back.isPresent()) {
            source.apply(device, back.get());
        }
        return after;
    }

    private SessionReading read(SessionReading before) throws WireGuardException {
        return before.next(source.read(device, PEERS_ONLY.reusing(before.device())), clock.now());
    }

    private void pause(Duration time) throws DiscoveryException {
        try {
            pause.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LookupErrors.interrupted("probing peers of " + device);
        }
    }

    /** Ends a pass that was cancelled. */
    private void goOn(Collection<LookupResult> lookups) throws DiscoveryException {
        if (Thread.currentThread().isInterrupted()) {
            throw LookupErrors.interrupted("the pass over " + device);
        }
        for (LookupResult lookup : lookups) {
            if (lookup instanceof LookupResult.Failed failed
                    && failed.cause().kind() == DiscoveryException.Kind.CANCELLED) {
                throw failed.cause();
            }
        }
    }

    private static Set<PublicKey> registries(List<RegistryPath> paths) {
        return paths.stream().flatMap(path -> path.peer().stream()).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<Endpoint> endpoints(Collection<LookupResult> lookups) {
        Set<Endpoint> endpoints = new HashSet<>();
        for (LookupResult lookup : lookups) {
            lookup.found().ifPresent(advertisement -> endpoints.addAll(advertisement.endpoints()));
        }
        return endpoints;
    }

    /** Refuses an endpoint that packets may not reach, if the peer is also advertised elsewhere. */
    private static Map<Endpoint, Optional<String>> refusals(
            Map<Endpoint, Finding> findings, Collection<LookupResult> lookups) {
        Map<Endpoint, Optional<String>> refusals = new HashMap<>();
        findings.forEach((endpoint, finding) -> refusals.put(endpoint, finding.refusal()));
        for (LookupResult lookup : lookups) {
            List<Endpoint> endpoints =
                    lookup.found().map(Advertisement::endpoints).orElse(List.of());
            if (endpoints.stream()
                    .anyMatch(endpoint ->
                            findings.getOrDefault(endpoint, Finding.GOOD).isGood())) {
                for (Endpoint endpoint : endpoints) {
                    findings.getOrDefault(endpoint, Finding.GOOD)
                            .doubt()
                            .ifPresent(doubt -> refusals.put(endpoint, Optional.of(doubt)));
                }
            }
        }
        return refusals;
    }

    private static Map<InetSocketAddress, Optional<InetAddress>> sources(List<RegistryPath> paths) {
        Map<InetSocketAddress, Optional<InetAddress>> sources = new HashMap<>();
        paths.forEach(path -> sources.put(path.server(), path.tunnelSource()));
        return sources;
    }

    private static List<PeerOutcome> outcomes(SessionReading before, PassPlan plan) {
        Map<PublicKey, PeerOutcome> planned = new HashMap<>();
        plan.outcomes().forEach(outcome -> planned.put(outcome.publicKey(), outcome));
        List<PeerOutcome> outcomes = new ArrayList<>();
        for (Peer peer : before.device().peers()) {
            PeerOutcome outcome = planned.get(peer.publicKey());
            outcomes.add(outcome == null ? PeerOutcome.of(peer.publicKey(), Kind.GONE, Optional.empty()) : outcome);
        }
        return outcomes;
    }

    private List<String> warnings(List<RegistryPath> paths, PassPlan plan, Map<Endpoint, Finding> findings) {
        List<String> warnings = new ArrayList<>(warnings(paths));
        for (PeerOutcome outcome : plan.outcomes()) {
            outcome.endpoint()
                    .filter(endpoint -> outcome.kind() == Kind.UPDATED)
                    .ifPresent(endpoint -> findings.getOrDefault(endpoint, Finding.GOOD)
                            .doubt()
                            .ifPresent(doubt -> warnings.add("packets to " + endpoint + ", the new endpoint of "
                                    + outcome.publicKey() + ", may not get there: " + doubt)));
        }
        return warnings;
    }

    private List<String> warnings(List<RegistryPath> paths) {
        return insecureDnsAllowed || registry.isProven()
                ? List.of()
                : paths.stream()
                        .filter(path -> path.tunnelSource().isEmpty())
                        .map(path -> "registry " + LookupErrors.text(path.server())
                                + " is not known to be reached through "
                                + device + ": " + path.obstacle().orElse("")
                                + "; its answers can be forged on the way, so ask it at an address inside the tunnel")
                        .toList();
    }
}
