package io.wgsd.server.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneNode;
import io.wgsd.server.Samples;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.zone.Journal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What holds for every question, with every buffer, over both protocols and for everybody. */
class AnyQuestionTest {

    private static final int QUESTIONS = 20_000;
    private static final int[] TYPES = {
        Type.A,
        Type.NS,
        Type.CNAME,
        Type.SOA,
        Type.PTR,
        Type.MX,
        Type.TXT,
        Type.AAAA,
        Type.SRV,
        Type.ANY,
        Type.AXFR,
        65_280
    };
    private static final List<Journal> ZONES = Stream.of(SampleZone.ZONE, SampleZone.zoneOf(1000), SampleZone.zoneOf(0))
            .map(Journal::of)
            .toList();
    private static final Map<Journal, List<Name>> NAMES = ZONES.stream()
            .collect(Collectors.toMap(
                    zone -> zone,
                    zone -> zone.zone().nodes().stream().map(ZoneNode::name).toList()));
    private static final Responder RESPONDER = SampleZone.responder();

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_122, -7})
    void anAnswerIsWhatWasAskedForWithinTheLimit(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < QUESTIONS; i++) {
            Journal zone = ZONES.get(random.nextInt(ZONES.size()));
            Protocol protocol = Protocol.values()[random.nextInt(2)];
            Access access = Access.values()[1 + random.nextInt(3)];
            int buffer = random.nextInt(4) == 0 ? -1 : random.nextInt(2048);
            Message query = query(random, zone, buffer);

            Response response = RESPONDER.respond(
                    query.toWire(),
                    ServedZone.fresh(zone),
                    new Grant(access, null, true),
                    new QuerySource(Dig.ALICE.address(), Dig.ALICE.arrival(), protocol));

            check(query, zone.zone(), limit(protocol, buffer), response);
        }
    }

    private static void check(Message query, Zone zone, int limit, Response response) {
        assertThat(response.message()).as("%s", query).isNotNull().hasSizeLessThanOrEqualTo(limit);
        Message answer = SampleZone.parse(response.message());
        Record question = query.getQuestion();
        boolean truncated = answer.getHeader().getFlag(Flags.TC);

        assertThat(answer.getHeader().getID()).isEqualTo(query.getHeader().getID());
        assertThat(answer.getHeader().getFlag(Flags.QR)).isTrue();
        assertThat(Arrays.copyOfRange(
                        response.message(), 12, 12 + question.getName().length() + 4))
                .as("question, letter case included")
                .isEqualTo(Arrays.copyOfRange(
                        query.toWire(), 12, 12 + question.getName().length() + 4));
        assertThat(answer.getOPT() == null).isEqualTo(query.getOPT() == null);
        assertThat(answer.getSection(Section.ANSWER))
                .as("%s", query)
                .allMatch(record -> question.getType() == Type.ANY || record.getType() == question.getType());
        assertThat(truncated).isEqualTo(response.outcome() == Outcome.TRUNCATED);
        if (response.outcome() == Outcome.NAME_ERROR) {
            assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
            assertThat(zone.find(question.getName())).as("%s", query).isEmpty();
        }
        if (response.outcome() == Outcome.NO_DATA) {
            assertThat(zone.find(question.getName()).orElseThrow().rrset(question.getType()))
                    .as("%s", query)
                    .isEmpty();
        }
        if (response.outcome() == Outcome.ANSWERED) {
            assertThat(answer.getSection(Section.ANSWER)).isNotEmpty();
            assertThat(answer.getSection(Section.AUTHORITY)).isEmpty();
        }
    }

    private static int limit(Protocol protocol, int buffer) {
        return protocol == Protocol.TCP ? 65_535 : Math.min(1232, Math.max(512, buffer));
    }

    private static Message query(Random random, Journal zone, int buffer) {
        Message query = new Message(random.nextInt(0x10000));
        int type = TYPES[random.nextInt(TYPES.length)];
        query.addRecord(Record.newRecord(name(random, zone), type, DClass.IN), Section.QUESTION);
        if (buffer >= 0) {
            query.addRecord(new OPTRecord(buffer, 0, 0), Section.ADDITIONAL);
        }
        return query;
    }

    /** Mostly a name of the zone, in any letter case, or one that differs in a character. */
    private static Name name(Random random, Journal zone) {
        List<Name> names = NAMES.getOrDefault(zone, List.of());
        String text = names.get(random.nextInt(names.size())).toString();
        StringBuilder changed = new StringBuilder();
        text.chars().forEach(c -> changed.append((char) (random.nextBoolean() ? Character.toUpperCase(c) : c)));
        if (random.nextInt(4) == 0) {
            changed.setCharAt(0, 'q');
        }
        return Samples.name(changed.toString());
    }
}
