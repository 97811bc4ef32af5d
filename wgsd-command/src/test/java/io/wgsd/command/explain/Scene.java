package io.wgsd.command.explain;

import io.wgsd.command.explain.Cause.Kind;
import io.wgsd.command.explain.Evidence.Agent;
import io.wgsd.command.explain.Evidence.RegistryView;
import io.wgsd.command.explain.Probes.Answer;
import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentHealth;
import io.wgsd.discovery.PeerPath;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.PeerStatus.Heard;
import io.wgsd.discovery.RegistryStatus;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this host, Alice's, knows of Bob: at first it has attempted for half a minute to reach him where the registry
 * advertises him, and nothing came back.
 */
final class Scene {

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");
    static final PublicKey HUB = PublicKey.parse("JeZlz14G8tg1Bqh6apteFCwVhNhpexJ19FDPfuxQtUY=");
    static final PublicKey RELAY = PublicKey.parse("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    static final Endpoint THERE = Endpoint.parse("198.51.100.1:51820");
    static final Endpoint HERE = Endpoint.parse("203.0.113.1:41424");

    private @Nullable String deviceProblem;
    private boolean isPeer = true;
    private boolean isAgent = true;
    private boolean isAsked = true;
    private PeerState state = PeerState.UNREACHABLE;
    private @Nullable String reason;
    private @Nullable PeerPath path;
    private PeerStatus.@Nullable Attempts attempts = attempts(6, Heard.NOTHING);
    private @Nullable Endpoint from = THERE;
    private @Nullable Endpoint advertised = THERE;
    private @Nullable Endpoint self = HERE;
    private boolean isSelfKnown = true;
    private @Nullable NatMapping natHere;
    private @Nullable NatMapping natThere;
    private boolean isHeardByRelay;
    private @Nullable String failure;
    private @Nullable Instant shaken;
    private long rx;
    private Instant hubShaken = NOW.minusSeconds(20);
    private Probes probes = Probes.none();
    private final List<Story.Happening> story = new ArrayList<>();

    /** What was asked of a scene. */
    static List<Kind> kinds(Evidence seen) {
        return Explanation.of(seen).causes().stream().map(Cause::kind).toList();
    }

    Scene device(String problem) {
        deviceProblem = problem;
        return this;
    }

    Scene noPeer() {
        isPeer = false;
        attempts = null;
        return this;
    }

    Scene noAgent() {
        isAgent = false;
        return this;
    }

    Scene sent(int messages, Heard heard) {
        attempts = attempts(messages, heard);
        return this;
    }

    Scene setBack(Duration time) {
        attempts = new PeerStatus.Attempts(NOW.minusSeconds(30), 8, 6, Heard.NOTHING, time);
        return this;
    }

    Scene hears(Endpoint endpoint) {
        from = endpoint;
        return sent(6, Heard.INITIATIONS);
    }

    Scene refused(String why) {
        attempts = null;
        reason = why;
        return this;
    }

    Scene advertised(@Nullable Endpoint endpoint) {
        advertised = endpoint;
        return this;
    }

    Scene self(@Nullable Endpoint endpoint) {
        self = endpoint;
        return this;
    }

    Scene selfUnknown() {
        self = null;
        isSelfKnown = false;
        return this;
    }

    Scene nats(@Nullable NatMapping here, @Nullable NatMapping there) {
        natHere = here;
        natThere = there;
        return this;
    }

    Scene heardByRelay() {
        isHeardByRelay = true;
        return this;
    }

    Scene registryFails() {
        failure = "no answer within 2500 ms";
        advertised = null;
        self = null;
        state = PeerState.WAITING;
        attempts = null;
        return this;
    }

    Scene hubShaken(Instant at) {
        hubShaken = at;
        return this;
    }

    Scene notAsked() {
        isAsked = false;
        return this;
    }

    Scene waiting() {
        state = PeerState.WAITING;
        attempts = null;
        advertised = null;
        return this;
    }

    Scene direct() {
        return connected(PeerState.DIRECT, PeerPath.direct());
    }

    Scene relayed() {
        return connected(PeerState.RELAYED, PeerPath.byRelay(RELAY));
    }

    private Scene connected(PeerState as, PeerPath by) {
        state = as;
        path = by;
        attempts = null;
        shaken = NOW.minusSeconds(12);
        return this;
    }

    Scene received(long bytes) {
        rx = bytes;
        return this;
    }

    Scene probed(Answer small, Answer full, Optional<Boolean> echo) {
        probes = probes.tunnel(
                small,
                full,
                1420,
                small == Answer.ANSWERED ? Optional.of(Duration.ofMillis(3)) : Optional.empty(),
                echo);
        return this;
    }

    Scene outward(Optional<String> sendProblem, Optional<Boolean> hubHeard, Optional<Boolean> hubByTcp) {
        probes = probes.outward(sendProblem, hubHeard, hubByTcp);
        return this;
    }

    Scene happened(int secondsAgo, AgentEvent event) {
        story.add(new Story.Happening(NOW.minusSeconds(secondsAgo), event));
        return this;
    }

    Evidence seen() {
        PeerStatus status = PeerStatus.builder(BOB, state, NOW.minusSeconds(90))
                .endpoint(from)
                .advertised(advertised)
                .reason(reason)
                .path(path)
                .attempts(attempts)
                .build();
        AgentHealth health = AgentHealth.builder()
                .deviceProblem(deviceProblem)
                .registry(RegistryStatus.builder(
                                new InetSocketAddress("10.0.0.254", 53),
                                isAsked ? RegistryStatus.State.UP : RegistryStatus.State.NOT_ASKED,
                                NOW)
                        .build())
                .build();
        return new Evidence(
                "wg0",
                BOB,
                deviceProblem == null ? Optional.of(reading()) : Optional.empty(),
                isAgent
                        ? Optional.of(new Agent(health, isPeer ? Optional.of(status) : Optional.empty(), List.of()))
                        : Optional.empty(),
                List.of(new RegistryView(
                        Endpoint.parse("10.0.0.254:53").address().toInetAddress(),
                        53,
                        said(BOB, advertised, natThere, isHeardByRelay),
                        said(ALICE, self, natHere, false),
                        isSelfKnown,
                        Optional.ofNullable(failure))),
                probes,
                story,
                NOW);
    }

    private Device reading() {
        Device.Builder device =
                Device.builder("wg0", DeviceKind.KERNEL).publicKey(ALICE).listenPort(51820);
        device.peer(Peer.builder(HUB)
                .allowedIps(List.of(IpPrefix.parse("10.0.0.254/32")))
                .endpoint(Endpoint.parse("192.0.2.1:51820"))
                .statistics(PeerStatistics.of(hubShaken, 1000, 1000))
                .build());
        if (isPeer) {
            device.peer(Peer.builder(BOB)
                    .allowedIps(List.of(IpPrefix.parse("10.0.0.2/32")))
                    .endpoint(from)
                    .statistics(shaken == null ? PeerStatistics.none() : PeerStatistics.of(shaken, rx, 2000))
                    .build());
        }
        return device.build();
    }

    private static Optional<Advertisement> said(
            PublicKey key, @Nullable Endpoint at, @Nullable NatMapping nat, boolean isHeard) {
        if (at == null) {
            return Optional.empty();
        }
        Advertisement.Builder said = Advertisement.builder(key).endpoint(at).since(NOW.minusSeconds(600));
        if (nat != null) {
            said.natMapping(nat);
        }
        return Optional.of(said.relays(isHeard ? List.of(RELAY) : List.of()).build());
    }

    private static PeerStatus.Attempts attempts(int messages, Heard heard) {
        return new PeerStatus.Attempts(NOW.minusSeconds(30), 8, messages, heard, Duration.ZERO);
    }
}
