package io.wgsd.discovery.decide;

import io.wgsd.benchmarks.servers.Peers;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One look of the agent at a device whose peers all have live sessions, as nearly all looks are. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecideBenchmark {

    private static final PublicKey OWN = PublicKey.of(new byte[PublicKey.LENGTH]);

    /** How many peers there are. */
    @Param({"10", "1000", "10000"})
    public int peers;

    private Device device = Device.builder("wg0", DeviceKind.KERNEL).build();
    private AgentMemory state = AgentMemory.initial(1, TimeSource.system().now());
    private Moment now = TimeSource.system().now();

    /** Makes the device, and has its peers looked at once. */
    @Setup
    public void prepare() {
        Device.Builder made = Device.builder("wg0", DeviceKind.KERNEL).publicKey(OWN);
        for (Advertisement peer : Peers.of(peers, Instant.EPOCH)) {
            made.peer(Peer.builder(peer.publicKey())
                    .endpoint(peer.endpoints().get(0))
                    .allowedIps(peer.allowedIps())
                    .statistics(PeerStatistics.of(Instant.now(), 1000, 1000))
                    .build());
        }
        device = made.build();
        now = TimeSource.system().now();
        state = DeviceDecider.decide(AgentMemory.initial(1, now), observation(Set.of()))
                .state();
    }

    /** Decides that there is nothing to do. */
    @Benchmark
    public DeviceDecision decide() {
        List<PeerMemory> readings = state.read(device, now);
        return DeviceDecider.decide(
                state, observation(RouteQuestions.of(readings, Map.of(), Set.of(), RelayNews.none(), now)), readings);
    }

    private Observation observation(Set<PublicKey> routed) {
        return new Observation(
                device, Map.of(), Set.of(), routed, true, true, Duration.ofMillis(20), Optional.empty(), now);
    }
}
