package io.wgsd.server.answer;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.answer.SampleZone.answers;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.answer.access.Views;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.zone.Freshness;
import io.wgsd.server.zone.Journal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Who is shown the candidates that a peer has registered. */
class CandidateAnswerTest {

    private static final Journal ALL = Journal.of(SampleZone.ZONE);
    private static final Journal WITHOUT_BOB = Journal.of(SampleZone.zone(List.of()));
    private static final ServedZone SERVED = new ServedZone(
            new Views<>(ALL, Map.of(SampleZone.CAROL, WITHOUT_BOB), ALL, ALL),
            Freshness.FRESH,
            key -> key.equals(BOB)
                    ? List.of(Endpoint.parse("192.168.1.7:51820"), Endpoint.parse("[fd00::7]:51820"))
                    : List.of());

    @Test
    void aPeerSeesThemInOneText() {
        Message response = ask(Access.EVERYTHING, ALICE, BOB, Type.TXT);

        assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answers(response)).containsExactly(NAMES.candidates(BOB) + " TXT 192.168.1.7:51820 [fd00::7]:51820");
    }

    @Test
    void aPeerThatHasRegisteredNoneHasNoSuchName() {
        assertThat(ask(Access.EVERYTHING, BOB, ALICE, Type.TXT).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void aPeerThatMayNotSeeThePeerDoesNotSeeThem() {
        assertThat(ask(Access.EVERYTHING, SampleZone.CAROL, BOB, Type.TXT).getRcode())
                .isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void neitherThisHostNorSecondariesNorOutsidersSeeThem() {
        assertThat(ask(Access.TRANSFER, null, BOB, Type.TXT).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(ask(Access.TRANSFER, ALICE, BOB, Type.TXT).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(ask(Access.EVERYTHING, null, BOB, Type.TXT).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(ask(Access.KNOWN_KEYS, null, BOB, Type.TXT).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    private static Message ask(Access access, @Nullable PublicKey peer, PublicKey about, int type) {
        Name name = NAMES.candidates(about);
        byte[] query = Message.newQuery(Record.newRecord(name, type, DClass.IN)).toWire();
        byte[] response = SampleZone.responder()
                .respond(
                        query,
                        SERVED,
                        new Grant(access, peer, peer != null),
                        new QuerySource(IpAddress.parse("10.0.0.1"), Arrival.DEVICE, Protocol.UDP))
                .message();
        assertThat(response).isNotNull();
        return SampleZone.parse(response);
    }
}
