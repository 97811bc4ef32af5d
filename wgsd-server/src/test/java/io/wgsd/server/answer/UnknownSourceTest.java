package io.wgsd.server.answer;

import static io.wgsd.server.answer.Dig.dig;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneNode;
import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.model.IpAddress;
import io.wgsd.server.Samples;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Cookies;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.answer.access.RateLimiter;
import io.wgsd.server.answer.access.TsigVerifier;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.zone.Freshness;
import io.wgsd.server.zone.Journal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What those get who ask from addresses that may not be theirs: two answers here, and then a way to prove that they
 * are.
 */
class UnknownSourceTest {

    private static final byte[] CLIENT_COOKIE = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] QUERY = dig("example.com.", "SOA").request();
    private static final Grant PEER = new Grant(Access.EVERYTHING, Samples.ALICE, true);
    private static final Grant OUTSIDER = new Grant(Access.KNOWN_KEYS, null, false);
    private static final Grant STRANGER = new Grant(Access.REFUSAL, null, false);

    private final Responder responder = SampleZone.responder(Map.of(), 1, InstantSource.system());

    @Test
    void tooMuchIsDroppedOrCut() {
        exhaust(OUTSIDER);

        assertThat(respond(QUERY, OUTSIDER, Protocol.UDP).outcome()).isEqualTo(Outcome.LIMITED);
        Message cut = answer(respond(QUERY, OUTSIDER, Protocol.UDP));
        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(cut.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void aTruncatedAnswerIsNoLongerThanTheQuestion() {
        exhaust(OUTSIDER);
        respond(QUERY, OUTSIDER, Protocol.UDP);

        assertThat(respond(QUERY, OUTSIDER, Protocol.UDP).message()).hasSameSizeAs(QUERY);
    }

    @Test
    void refusalsAreCountedToo() {
        exhaust(STRANGER);

        assertThat(respond(QUERY, STRANGER, Protocol.UDP).message()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.IQUERY, Opcode.STATUS, Opcode.NOTIFY, Opcode.UPDATE, DsoMessage.OPCODE, 15})
    void requestsThatAreNotImplementedAreCountedToo(int opcode) {
        byte[] other = QUERY.clone();
        other[2] = (byte) (opcode << 3);
        assertThat(respond(other, STRANGER, Protocol.UDP).outcome()).isEqualTo(Outcome.NOT_IMPLEMENTED);
        assertThat(respond(other, STRANGER, Protocol.UDP).outcome()).isEqualTo(Outcome.NOT_IMPLEMENTED);

        assertThat(respond(other, STRANGER, Protocol.UDP).outcome()).isEqualTo(Outcome.LIMITED);
        assertThat(respond(other, STRANGER, Protocol.UDP).message()).isNull();
        assertThat(respond(other, PEER, Protocol.UDP).outcome()).isEqualTo(Outcome.NOT_IMPLEMENTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 13, 20, 30})
    void requestsThatAreNotUnderstoodAreCountedToo(int length) {
        byte[] half = Arrays.copyOf(QUERY, Math.min(length, QUERY.length - 1));
        assertThat(respond(half, STRANGER, Protocol.UDP).outcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(respond(half, STRANGER, Protocol.UDP).outcome()).isEqualTo(Outcome.MALFORMED);

        assertThat(respond(half, STRANGER, Protocol.UDP).outcome()).isEqualTo(Outcome.LIMITED);
        assertThat(respond(half, STRANGER, Protocol.UDP).message()).isNull();
        assertThat(respond(half, STRANGER, Protocol.TCP).outcome()).isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void faultsOfThisProgramAreCountedToo() {
        exhaust(STRANGER);

        assertThat(responder.failure(QUERY, STRANGER, source(Protocol.UDP)).message())
                .isNull();
        assertThat(responder.failure(QUERY, PEER, source(Protocol.UDP)).message())
                .hasSize(12);
    }

    /**
     * Whatever exists in the zone is asked for in every usual way: nothing that goes out by one datagram is a lever.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsMoreThanThreeTimesAsLongAsTheQuestion(boolean signed) {
        Responder generous = SampleZone.responder(Map.of(), 1_000_000, InstantSource.system());
        Zone zone = signed ? SignedAnswerTest.SIGNED : SampleZone.ZONE;
        ServedZone served = ServedZone.fresh(Journal.of(zone));
        Grant reader = new Grant(Access.EVERYTHING, null, false);
        List<Name> names =
                new ArrayList<>(zone.nodes().stream().map(ZoneNode::name).toList());
        names.add(Name.fromConstantString("absent.example.com."));
        for (Name name : names) {
            for (int type : new int[] {
                Type.ANY, Type.A, Type.AAAA, Type.SRV, Type.TXT, Type.PTR, Type.SOA, Type.NS, Type.DNSKEY, Type.MX
            }) {
                for (byte[] query : questions(name, type)) {
                    byte[] answer = generous.respond(query, served, reader, source(Protocol.UDP))
                            .message();
                    assertThat(answer.length)
                            .as("%s %s", name, Type.string(type))
                            .isLessThanOrEqualTo(3 * query.length);
                }
            }
        }
    }

    /** The shortest questions, and the longest words in return: what is refused, and why, and by whom. */
    @ParameterizedTest
    @ValueSource(strings = {".", "a.", "example.com.", "absent.example.com."})
    void noRefusalIsEither(String name) {
        Responder talkative = new Responder(
                Samples.NAMES,
                new TsigVerifier(Map.of()),
                new Cookies(InstantSource.system(), new Random(1)),
                new RateLimiter(1_000_000, () -> 0, new Random(2)),
                new byte[64],
                Optional.empty());
        ServedZone fresh = ServedZone.fresh(Journal.of(SampleZone.ZONE));
        Grant reader = new Grant(Access.KNOWN_KEYS, null, false);
        for (ServedZone served : Arrays.asList(
                null,
                fresh,
                new ServedZone(fresh.views(), Freshness.STALE),
                new ServedZone(fresh.views(), Freshness.EXPIRED))) {
            for (Grant grant : List.of(STRANGER, reader)) {
                for (int type : new int[] {Type.A, Type.AXFR, Type.SOA, Type.OPT, Type.MAILB}) {
                    for (byte[] query : questions(Name.fromConstantString(name), type)) {
                        byte[] answer = talkative
                                .respond(query, served, grant, source(Protocol.UDP))
                                .message();
                        assertThat(answer.length).isLessThanOrEqualTo(3 * query.length);
                    }
                }
            }
        }
    }

    @Test
    void longerAnswersAreLeftToTcp() {
        byte[] list = dig("_wireguard._udp.example.com.", "PTR").request();
        Grant reader = new Grant(Access.EVERYTHING, null, false);

        assertThat(answer(respond(list, reader, Protocol.UDP)).getHeader().getFlag(Flags.TC))
                .isTrue();
        assertThat(answer(respond(list, reader, Protocol.TCP)).getSection(Section.ANSWER))
                .hasSizeGreaterThan(1);
    }

    private static List<byte[]> questions(Name name, int type) {
        Message plain = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        Message withEdns = plain.clone();
        withEdns.addRecord(new OPTRecord(4096, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        Message withCookie = plain.clone();
        withCookie.addRecord(cookieRecord(CLIENT_COOKIE), Section.ADDITIONAL);
        Message asksWho = plain.clone();
        asksWho.addRecord(new OPTRecord(1232, 0, 0, 0, new NSIDOption(new byte[0])), Section.ADDITIONAL);
        return List.of(plain.toWire(), withEdns.toWire(), withCookie.toWire(), asksWho.toWire());
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
        Response again = respond(withCookie(cookie(putOff)), OUTSIDER, Protocol.UDP);

        assertThat(putOff.getRcode()).isEqualTo(Rcode.BADCOOKIE);
        assertThat(again.outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aClientThatSendsACookieGetsOne(Protocol protocol) {
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

    private Response respond(byte[] query, Grant grant, Protocol protocol) {
        return responder.respond(query, ServedZone.fresh(Journal.of(SampleZone.ZONE)), grant, source(protocol));
    }

    private static QuerySource source(Protocol protocol) {
        return new QuerySource(IpAddress.parse("198.51.100.7"), Arrival.ELSEWHERE, protocol);
    }

    private static byte[] withCookie(byte[] cookie) {
        return dig("example.com.", "SOA")
                .edns(0, 0, new GenericEDNSOption(EDNSOption.Code.COOKIE, cookie))
                .request();
    }

    private static OPTRecord cookieRecord(byte[] cookie) {
        return new OPTRecord(1232, 0, 0, 0, new GenericEDNSOption(EDNSOption.Code.COOKIE, cookie));
    }

    private static Message answer(Response response) {
        assertThat(response.message()).isNotNull();
        return SampleZone.parse(response.message());
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
