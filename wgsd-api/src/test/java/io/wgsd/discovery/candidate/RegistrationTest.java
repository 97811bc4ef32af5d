package io.wgsd.discovery.candidate;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.candidate.RegistrationOutcome.Kind;
import io.wgsd.model.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** The message by which a host registers its candidates, and what its response means (RFC 2136, RFC 9664). */
class RegistrationTest {

    private static final int ID = 4711;
    private static final Endpoint LAN = Endpoint.parse("192.168.1.7:51820");
    private static final Endpoint OTHER = Endpoint.parse("[2001:db8::7]:51820");
    private static final Registration BOTH =
            new Registration(NAMES, ALICE, List.of(LAN, OTHER), Duration.ofMinutes(30));

    @Test
    void itReplacesTheTextOfThePeersOwnCandidates() throws IOException {
        Message message = new Message(BOTH.toWire(ID));

        assertThat(message.getHeader().getOpcode()).isEqualTo(Opcode.UPDATE);
        assertThat(message.getSection(Section.ZONE).get(0).getName()).isEqualTo(NAMES.origin());
        List<Record> updates = message.getSection(Section.UPDATE);
        assertThat(updates).hasSize(2).allMatch(each -> each.getName().equals(NAMES.candidates(ALICE)));
        assertThat(updates.get(0).getDClass()).isEqualTo(DClass.ANY);
        assertThat(updates.get(0).getType()).isEqualTo(Type.TXT);
        assertThat(((TXTRecord) updates.get(1)).getStrings()).containsExactly(LAN.toString(), OTHER.toString());
        assertThat(lease(message)).isEqualTo(1800);
    }

    @Test
    void toRegisterNothingDeletesTheTextWithALeaseOfZero() throws IOException {
        Message message = new Message(new Registration(NAMES, ALICE, List.of(), Duration.ofMinutes(30)).toWire(ID));

        assertThat(message.getSection(Section.UPDATE)).hasSize(1);
        assertThat(lease(message)).isZero();
    }

    @Test
    void theRegistryDecidesForHowLongItIsRegistered() {
        assertThat(BOTH.outcome(ID, response(ID, Rcode.NOERROR, leased(600))))
                .isEqualTo(RegistrationOutcome.registered(Duration.ofMinutes(10)));
    }

    @Test
    void aResponseWithoutALeaseRegistersNothing() {
        assertThat(BOTH.outcome(ID, response(ID, Rcode.NOERROR, null)).kind()).isEqualTo(Kind.UNSUPPORTED);
    }

    @Test
    void aRefusalSaysWhy() {
        RegistrationOutcome outcome = BOTH.outcome(
                ID,
                response(
                        ID,
                        Rcode.REFUSED,
                        new ExtendedErrorCodeOption(
                                ExtendedErrorCodeOption.PROHIBITED, LAN + ": it is inside the tunnel")));

        assertThat(outcome.kind()).isEqualTo(Kind.REFUSED);
        assertThat(outcome.detail()).isEqualTo("192.168.1.7:51820: it is inside the tunnel");
    }

    @Test
    void aRegistryThatKnowsNoUpdatesIsTold() {
        assertThat(BOTH.outcome(ID, response(ID, Rcode.NOTIMP, null)).kind()).isEqualTo(Kind.UNSUPPORTED);
    }

    @Test
    void whatIsNoResponseToItIsAFailure() {
        assertThat(BOTH.outcome(ID, response(ID + 1, Rcode.NOERROR, leased(600)))
                        .kind())
                .isEqualTo(Kind.FAILED);
        assertThat(BOTH.outcome(ID, BOTH.toWire(ID)).kind()).isEqualTo(Kind.FAILED);
        assertThat(BOTH.outcome(ID, new byte[] {1, 2, 3}).kind()).isEqualTo(Kind.FAILED);
    }

    private static EDNSOption leased(int seconds) {
        return new GenericEDNSOption(2, ByteBuffer.allocate(4).putInt(seconds).array());
    }

    private static byte[] response(int id, int rcode, @Nullable EDNSOption option) {
        Message response = new Message(id);
        response.getHeader().setOpcode(Opcode.UPDATE);
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setRcode(rcode);
        response.addRecord(
                new OPTRecord(1232, 0, 0, 0, option == null ? List.of() : List.of(option)), Section.ADDITIONAL);
        return response.toWire();
    }

    private static int lease(Message message) {
        return ByteBuffer.wrap(message.getOPT().getOptions(2).get(0).toWire()).getInt(4);
    }
}
