package io.wgsd.server.answer;

import static io.wgsd.server.answer.Dig.dig;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.IpAddress;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Asker;
import io.wgsd.server.transport.Protocol;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** What those get who ask from addresses that may not be theirs: two answers here, and then a way to prove that they are. */
class UnknownSourceTest {

    private static final byte[] CLIENT_COOKIE = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] QUERY = dig("example.com.", "SOA").request();
    private static final Grant PEER = new Grant(Access.EVERYTHING, Samples.ALICE, true);
    private static final Grant OUTSIDER = new Grant(Access.KNOWN_KEYS, null, false);
    private static final Grant STRANGER = new Grant(Access.REFUSAL, null, false);

    private final Responder responder = Samples.responder(Map.of(), 1, InstantSource.system());

    @Test
    void tooMuchIsDroppedOrCut() {
        exhaust(OUTSIDER);

        assertThat(respond(QUERY, OUTSIDER, Protocol.UDP).outcome()).isEqualTo(Outcome.LIMITED);
        Message cut = answer(respond(QUERY, OUTSIDER, Protocol.UDP));
        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(cut.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void whatIsCutIsNoLongerThanTheQuestion() {
        exhaust(OUTSIDER);
        respond(QUERY, OUTSIDER, Protocol.UDP);

        assertThat(respond(QUERY, OUTSIDER, Protocol.UDP).message()).hasSameSizeAs(QUERY);
    }

    @Test
    void refusalsAreCountedToo() {
        exhaust(STRANGER);

        assertThat(respond(QUERY, STRANGER, Protocol.UDP).message()).isNull();
    }

    @Test
    void peersAreNeverLimited() {
        exhaust(PEER);

        assertThat(respond(QUERY, PEER, Protocol.UDP).outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void aConnectionProvesTheAddress() {
        exhaust(OUTSIDER);

        assertThat(respond(QUERY, OUTSIDER, Protocol.TCP).outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void aCookieProvesTheAddress() {
        byte[] first = withCookie(CLIENT_COOKIE);
        exhaust(OUTSIDER);
        respond(first, OUTSIDER, Protocol.UDP);

        Message putOff = answer(respond(first, OUTSIDER, Protocol.UDP));
        Reply again = respond(withCookie(cookie(putOff)), OUTSIDER, Protocol.UDP);

        assertThat(putOff.getRcode()).isEqualTo(Rcode.BADCOOKIE);
        assertThat(again.outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void whoSendsACookieGetsOne(Protocol protocol) {
        byte[] cookie = cookie(answer(respond(withCookie(CLIENT_COOKIE), PEER, protocol)));

        assertThat(cookie).hasSize(24).startsWith(CLIENT_COOKIE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 9, 15, 41})
    void aCookieOfAnImpossibleLengthIsNotUnderstood(int length) {
        assertThat(respond(withCookie(new byte[length]), PEER, Protocol.UDP).outcome())
                .isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void aCookieMayBeAllThatIsAskedFor() {
        Message query = new Message(7);
        query.addRecord(cookieRecord(CLIENT_COOKIE), Section.ADDITIONAL);

        Message answer = answer(respond(query.toWire(), PEER, Protocol.UDP));

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getHeader().getCount(Section.QUESTION)).isZero();
        assertThat(cookie(answer)).hasSize(24);
    }

    @Test
    void nothingAtAllIsNotUnderstood() {
        Message query = new Message(7);
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);

        assertThat(respond(query.toWire(), PEER, Protocol.UDP).outcome()).isEqualTo(Outcome.MALFORMED);
    }

    /** Takes the two answers that a rate of one a second lets go at once. */
    private void exhaust(Grant grant) {
        for (int i = 0; i < 2; i++) {
            assertThat(respond(QUERY, grant, Protocol.UDP).message()).isNotNull();
        }
    }

    private Reply respond(byte[] query, Grant grant, Protocol protocol) {
        Asker asker = new Asker(IpAddress.parse("198.51.100.7"), Arrival.ELSEWHERE, protocol);
        return responder.respond(query, Views.same(Journal.of(Samples.ZONE)), grant, asker);
    }

    private static byte[] withCookie(byte[] cookie) {
        return dig("example.com.", "SOA")
                .edns(0, 0, new GenericEDNSOption(EDNSOption.Code.COOKIE, cookie))
                .request();
    }

    private static OPTRecord cookieRecord(byte[] cookie) {
        return new OPTRecord(1232, 0, 0, 0, new GenericEDNSOption(EDNSOption.Code.COOKIE, cookie));
    }

    private static Message answer(Reply reply) {
        assertThat(reply.message()).isNotNull();
        return Samples.parse(reply.message());
    }

    private static byte[] cookie(Message answer) {
        CookieOption option = (CookieOption)
                answer.getOPT().getOptions(EDNSOption.Code.COOKIE).get(0);
        byte[] server = option.getServerCookie().orElseThrow();
        byte[] whole = new byte[8 + server.length];
        System.arraycopy(option.getClientCookie(), 0, whole, 0, 8);
        System.arraycopy(server, 0, whole, 8, server.length);
        return whole;
    }
}
