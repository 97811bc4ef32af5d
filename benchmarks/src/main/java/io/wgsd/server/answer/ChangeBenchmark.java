package io.wgsd.server.answer;

import io.wgsd.benchmarks.servers.Peers;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Endpoint;
import io.wgsd.server.answer.access.Views;
import io.wgsd.server.answer.quick.QuickAnswers;
import io.wgsd.server.answer.quick.QuickViews;
import io.wgsd.server.zone.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** What a new zone costs: one peer of many moved, beside all of it made again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ChangeBenchmark {

    private static final ZoneOptions OPTIONS =
            ZoneOptions.builder(DnsSdNames.parse("example.com")).build();

    /** How many peers there are. */
    @Param({"10", "1000", "100000"})
    public int peers;

    private List<Advertisement> home = List.of();
    private List<Advertisement> away = List.of();
    private Journal journal = Journal.of(Zone.of(OPTIONS, List.of(), 1));
    private Views<QuickAnswers> answers = answers(null);
    private long serial = 1;

    /** Makes the first zone. */
    @Setup
    public void prepare() {
        home = Peers.of(peers, Instant.EPOCH);
        List<Advertisement> moved = new ArrayList<>(home);
        int middle = peers / 2;
        moved.set(
                middle,
                Advertisement.builder(home.get(middle).publicKey())
                        .endpoint(Endpoint.parse("192.0.2.99:9"))
                        .since(Instant.EPOCH)
                        .build());
        away = List.copyOf(moved);
        journal = Journal.of(Zone.of(OPTIONS, home, serial));
        answers = answers(null);
    }

    /** One peer moves: the zone, the difference for transfers, the answers. */
    @Benchmark
    public Views<QuickAnswers> onePeerMoved() {
        serial++;
        journal = journal.next(Zone.of(OPTIONS, serial % 2 == 0 ? away : home, serial));
        answers = answers(answers);
        return answers;
    }

    /** The same from nothing, as at the start. */
    @Benchmark
    public Views<QuickAnswers> fromNothing() {
        return QuickViews.of(Views.same(Journal.of(Zone.of(OPTIONS, home, 1))), null);
    }

    private Views<QuickAnswers> answers(@Nullable Views<QuickAnswers> before) {
        return QuickViews.of(Views.same(journal), before);
    }
}
