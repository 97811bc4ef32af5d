package io.wgsd.server.answer.quick;

import static io.wgsd.server.answer.SampleZone.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.server.answer.SampleZone;
import io.wgsd.server.answer.wire.UsualRequest;
import io.wgsd.server.answer.wire.WireFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

class SignedAnswersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final int PEERS = 40;
    private static final int THREADS = 4;
    private static final int QUESTIONS = 5_000;

    @Test
    void whatIsKeptIsCountedRightThoughManyThreadsPutAnswersIntoOnePlace() throws Exception {
        Zone zone = SampleZone.zoneOf(PEERS);
        SigningKey key = SigningKey.generate(zone.options().names(), SigningAlgorithm.ED25519, NOW);
        SignedAnswers answers = new SignedAnswers(new ZoneSigner(List.of(key)).sign(zone, List.of(), NOW), 7);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(i);
                all.add(threads.submit(() -> ask(answers, zone, random)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(answers.counted()).isPositive().isEqualTo(answers.kept());
    }

    private static void ask(SignedAnswers answers, Zone zone, Random random) {
        UsualRequest request = new UsualRequest();
        byte[] response = new byte[WireFormat.MAX_UDP_RESPONSE];
        for (int i = 0; i < QUESTIONS; i++) {
            Message query = new Message(1);
            query.addRecord(
                    Record.newRecord(
                            zone.options().names().instance(key(1 + random.nextInt(PEERS))),
                            1 + random.nextInt(100),
                            DClass.IN),
                    Section.QUESTION);
            query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
            byte[] message = query.toWire();
            if (request.read(message, message.length)) {
                answers.answer(request, response);
            }
        }
    }
}
