package io.wgsd.server.answer;

import io.wgsd.benchmarks.servers.Peers;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.IpAddress;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.AccessPolicy;
import io.wgsd.server.answer.access.Cookies;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.answer.access.Outsiders;
import io.wgsd.server.answer.access.RateLimiter;
import io.wgsd.server.answer.access.TsigVerifier;
import io.wgsd.server.answer.access.Views;
import io.wgsd.server.answer.quick.QuickAnswers;
import io.wgsd.server.answer.quick.QuickResponder;
import io.wgsd.server.answer.quick.QuickViews;
import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.zone.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** One SRV answer, for one peer after another in random order: the quick way beside the other. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AnswerBenchmark {

    private static final int QUESTIONS = 1 << 14;
    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final long LOW = 0xffff_7f00_0001L;

    /** How many peers there are. */
    @Param({"10", "1000", "100000"})
    public int peers;

    private final QuerySource asker = new QuerySource(IpAddress.parse("127.0.0.1"), Arrival.LOOPBACK, Protocol.UDP);
    private final Grant grant = new Grant(Access.TRANSFER, null, true);
    private final QuickResponder quick = new QuickResponder(Arrival.LOOPBACK);
    private final Responder responder = new Responder(
            NAMES,
            new TsigVerifier(Map.of()),
            new Cookies(InstantSource.system(), new Random(1)),
            new RateLimiter(0, System::nanoTime, new Random(2)),
            new byte[0],
            Optional.empty());
    private final byte[] response = new byte[WireFormat.MAX_UDP_RESPONSE];
    private final byte[][] questions = new byte[QUESTIONS][];
    private ServedZone served = ServedZone.fresh(Journal.of(zone(0)));
    private Views<QuickAnswers> answers = QuickViews.of(served.views(), null);
    private AccessPolicy policy =
            new AccessPolicy(CryptokeyRouting.none(), Set.of(), new Outsiders(List.of(), false), List.of());
    private int next;

    /** Makes the zone and the questions. */
    @Setup
    public void prepare() {
        Zone zone = zone(peers);
        served = ServedZone.fresh(Journal.of(zone));
        answers = QuickViews.of(served.views(), null);
        Random random = new Random(3);
        for (int i = 0; i < QUESTIONS; i++) {
            Name name = NAMES.instance(
                    zone.peers().get(random.nextInt(zone.peers().size())).publicKey());
            Message query = new Message(i);
            query.addRecord(Record.newRecord(name, Type.SRV, DClass.IN), Section.QUESTION);
            questions[i] = query.toWire();
        }
    }

    /** Answers from the index. */
    @Benchmark
    public int quick() {
        byte[] question = next();
        int length = quick.answer(question, question.length, 0, LOW, responder, answers, policy, 1, response);
        if (length == 0) {
            throw new IllegalStateException("no answer");
        }
        return length;
    }

    /** Answers as anything unusual is answered. */
    @Benchmark
    public Response responder() {
        return responder.respond(next(), served, grant, asker);
    }

    private byte[] next() {
        next = next + 1 & QUESTIONS - 1;
        return questions[next];
    }

    private static Zone zone(int peers) {
        return Zone.of(
                ZoneOptions.builder(NAMES)
                        .nameServerAddress(IpAddress.parse("127.0.0.1"))
                        .build(),
                Peers.of(peers, Instant.EPOCH),
                1);
    }
}
