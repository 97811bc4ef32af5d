package io.wgsd.server.candidate;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.Outcome;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Registrations of candidates (RFC 2136, RFC 9664), and what becomes of them with time. */
class CandidateUpdatesTest {

    private static final int LEASE = 2;
    private static final IpAddress ALICES_ADDRESS = IpAddress.parse("10.0.0.1");
    private static final QuerySource ALICES = new QuerySource(ALICES_ADDRESS, Arrival.DEVICE, Protocol.TCP, 800);
    private static final QuerySource BOBS =
            new QuerySource(IpAddress.parse("10.0.0.2"), Arrival.DEVICE, Protocol.TCP, 800);
    private static final Endpoint LAN = Endpoint.parse("192.168.1.7:51820");
    private static final Endpoint MAPPED = Endpoint.parse("203.0.113.1:40000");
    private static final Device DEVICE = Device.builder("wg0", DeviceKind.KERNEL)
            .peers(List.of(
                    peer(ALICE, "203.0.113.1:41424", "10.0.0.1/32", "10.9.0.0/24"),
                    peer(BOB, "[2001:db8::2]:51820", "10.0.0.2/32")))
            .build();

    private long nanos;
    private final CandidateBook book = new CandidateBook(() -> nanos);
    private final HeardSources heard = new HeardSources(() -> nanos);
    private final CandidateUpdates updates = new CandidateUpdates(NAMES, book, heard);

    @Test
    void candidatesAreShownForAsLongAsTheLease() {
        Message response = register(ALICES, update(ALICE, 600, LAN, MAPPED));

        assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(response.getHeader().getOpcode()).isEqualTo(Opcode.UPDATE);
        assertThat(granted(response)).isEqualTo(600);
        assertThat(book.of(ALICE)).containsExactly(LAN, MAPPED);
        nanos += Duration.ofSeconds(599).toNanos();
        assertThat(book.of(ALICE)).isNotEmpty();
        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(book.of(ALICE)).isEmpty();
    }

    @Test
    void aRegistrationReplacesTheOneBefore() {
        register(ALICES, update(ALICE, 600, LAN, MAPPED));
        register(ALICES, update(ALICE, 600, MAPPED));

        assertThat(book.of(ALICE)).containsExactly(MAPPED);
    }

    @Test
    void aLeaseOfZeroOrADeletionTakesThemAway() {
        register(ALICES, update(ALICE, 600, LAN));
        assertThat(granted(register(ALICES, update(ALICE, 0, LAN)))).isZero();
        assertThat(book.of(ALICE)).isEmpty();

        register(ALICES, update(ALICE, 600, LAN));
        register(ALICES, update(ALICE, 600));
        assertThat(book.of(ALICE)).isEmpty();
    }

    @Test
    void leasesAreBetweenHalfAMinuteAndTwoHours() {
        assertThat(granted(register(ALICES, update(ALICE, 1, LAN)))).isEqualTo(30);
        assertThat(granted(register(ALICES, update(ALICE, 0xffffffffL, LAN)))).isEqualTo(7200);
    }

    @Test
    void anAddressOfIpv6MayBeInTheNetworkWhereARelayHearsThePeerAsLongAsItDoes() {
        Endpoint ipv6 = Endpoint.parse("[2001:db8:1::7]:51820");
        refused(ALICES, update(ALICE, 600, ipv6), ipv6 + ": neither the registry nor a relay sees you at this address");
        heard.heard(List.of(
                new HeardSources.Sound(ALICE, Endpoint.parse("[2001:db8:1::99]:40000"), nanos),
                new HeardSources.Sound(BOB, Endpoint.parse("[2001:db8:2::99]:40000"), nanos)));

        register(ALICES, update(ALICE, 600, ipv6));
        assertThat(book.of(ALICE)).containsExactly(ipv6);
        refused(
                ALICES,
                update(ALICE, 600, Endpoint.parse("[2001:db8:2::7]:51820")),
                "[2001:db8:2::7]:51820: neither the registry nor a relay sees you at this address");
        nanos += Duration.ofMinutes(2).toNanos();
        refused(ALICES, update(ALICE, 600, ipv6), ipv6 + ": neither the registry nor a relay sees you at this address");
    }

    @Test
    void anAddressOfIpv6ThatNobodySeesIsNoOffence() {
        byte[] update =
                update(ALICE, 600, Endpoint.parse("[2001:db8:1::7]:51820")).toWire();

        assertThat(updates.respond(update, grant(), ALICES, DEVICE).outcome()).isEqualTo(Outcome.NOT_REGISTERED);
    }

    @Test
    void onlyThePeersOwnKeyMayBeRegistered() {
        refused(ALICES, update(BOB, 600, LAN), "only for the peer's own key");
        assertThat(book.of(BOB)).isEmpty();
    }

    @Test
    void onlyAPrivilegedPortProvesWhoRegisters() {
        refused(
                new QuerySource(ALICES_ADDRESS, Arrival.DEVICE, Protocol.TCP, 1024),
                update(ALICE, 600, LAN),
                "only from a port below 1024");
        refused(
                new QuerySource(ALICES_ADDRESS, Arrival.DEVICE, Protocol.TCP),
                update(ALICE, 600, LAN),
                "only from a port below 1024");
    }

    @Test
    void anAddressOfANetworkBehindThePeerDoesNot() {
        refused(
                new QuerySource(IpAddress.parse("10.9.0.7"), Arrival.DEVICE, Protocol.TCP, 800),
                update(ALICE, 600, LAN),
                "only from an address that belongs to one peer alone (/32 or /128)");
    }

    @Test
    void onlyTcpThroughTheDeviceIsARegistration() {
        byte[] message = update(ALICE, 600, LAN).toWire();

        assertThat(CandidateUpdates.concerns(message, ALICES)).isTrue();
        assertThat(CandidateUpdates.concerns(
                        message, new QuerySource(ALICES_ADDRESS, Arrival.DEVICE, Protocol.UDP, 800)))
                .isFalse();
        for (Arrival arrival : List.of(Arrival.LOOPBACK, Arrival.ELSEWHERE, Arrival.UNKNOWN)) {
            assertThat(CandidateUpdates.concerns(message, new QuerySource(ALICES_ADDRESS, arrival, Protocol.TCP, 800)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.1:51820",
                "203.0.113.1:53",
                "127.0.0.1:51820",
                "169.254.1.1:51820",
                "10.0.0.2:51820",
                "10.9.0.1:51820",
                "[2001:db8:77::1]:51820",
                "[fe80::1]:51820",
                "[64:ff9b::c0a8:107]:51820",
                "224.0.0.1:51820"
            })
    void whatIsNotThePeersOwnIsRefusedWhole(String foreign) {
        Message response = register(ALICES, update(ALICE, 600, LAN, Endpoint.parse(foreign)));

        assertThat(response.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(reason(response)).startsWith(Endpoint.parse(foreign) + ": ");
        assertThat(book.of(ALICE)).isEmpty();
    }

    @Test
    void aHostMayRegisterAddressesOfItsOwnIpv6Network() {
        Message message = update(BOB, 600, Endpoint.parse("[2001:db8::77]:51820"));
        Message response =
                parsed(updates.respond(message.toWire(), new Grant(Access.EVERYTHING, BOB, true), BOBS, DEVICE)
                        .message());

        assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void moreThanEightAreRefused() {
        Endpoint[] nine = new Endpoint[9];
        for (int i = 0; i < nine.length; i++) {
            nine[i] = Endpoint.parse("192.168.1." + (i + 1) + ":51820");
        }
        refused(ALICES, update(ALICE, 600, nine), "a peer has at most 8 candidates");
    }

    @Test
    void anUpdateOfAnythingElseIsRefused() {
        Message other = header(600);
        other.addRecord(new TXTRecord(NAMES.instance(ALICE), DClass.IN, 1, "pub=x"), Section.UPDATE);
        refused(ALICES, other, "peers register their candidates only, at <key>._wireguard-cand._udp");

        Message soa = header(600);
        Name name = NAMES.candidates(ALICE);
        soa.addRecord(new SOARecord(name, DClass.IN, 1, name, name, 1, 1, 1, 1, 1), Section.UPDATE);
        refused(ALICES, soa, "a registration deletes the TXT and adds one");

        Message prerequisite = update(ALICE, 600, LAN);
        prerequisite.addRecord(Record.newRecord(name, Type.TXT, DClass.ANY, 0), Section.PREREQ);
        refused(ALICES, prerequisite, "a registration has no prerequisites");
    }

    @Test
    void aLeaseIsNeeded() {
        Message message = new Message(7);
        message.getHeader().setOpcode(Opcode.UPDATE);
        message.addRecord(Record.newRecord(NAMES.origin(), Type.SOA, DClass.IN), Section.ZONE);
        message.addRecord(new TXTRecord(NAMES.candidates(ALICE), DClass.IN, 1, LAN.toString()), Section.UPDATE);
        refused(ALICES, message, "a registration needs a lease (EDNS option 2, RFC 9664)");
    }

    @Test
    void anotherZoneIsNotThisRegistrysBusiness() {
        Message message = new Message(7);
        message.getHeader().setOpcode(Opcode.UPDATE);
        message.addRecord(Record.newRecord(NAMES.services(), Type.SOA, DClass.IN), Section.ZONE);

        assertThat(register(ALICES, message).getRcode()).isEqualTo(Rcode.NOTAUTH);
    }

    @Test
    void halfAMessageIsMalformed() {
        byte[] whole = update(ALICE, 600, LAN).toWire();
        byte[] half = Arrays.copyOf(whole, whole.length - 3);

        assertThat(parsed(updates.respond(half, grant(), ALICES, DEVICE).message())
                        .getRcode())
                .isEqualTo(Rcode.FORMERR);
    }

    @Test
    void peersThatAreGoneAreForgotten() {
        register(ALICES, update(ALICE, 600, LAN));
        Device others = Device.builder("wg0", DeviceKind.KERNEL)
                .peers(List.of(peer(BOB, "203.0.113.9:1024", "10.0.0.2/32")))
                .build();
        updates.respond(update(BOB, 600, LAN).toWire(), new Grant(Access.EVERYTHING, BOB, true), BOBS, others);

        assertThat(book.of(ALICE)).isEmpty();
        assertThat(book.of(BOB)).containsExactly(LAN);
    }

    private void refused(QuerySource source, Message message, String why) {
        Message response = register(source, message);
        assertThat(response.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(reason(response)).isEqualTo(why);
    }

    private Message register(QuerySource source, Message message) {
        return parsed(updates.respond(message.toWire(), grant(), source, DEVICE).message());
    }

    private static Grant grant() {
        return new Grant(Access.EVERYTHING, ALICE, true);
    }

    private static Message update(PublicKey key, long lease, Endpoint... candidates) {
        Message message = header(lease);
        message.addRecord(Record.newRecord(NAMES.candidates(key), Type.TXT, DClass.ANY, 0), Section.UPDATE);
        if (candidates.length > 0) {
            List<String> texts =
                    Arrays.stream(candidates).map(Endpoint::toString).toList();
            message.addRecord(new TXTRecord(NAMES.candidates(key), DClass.IN, 1, texts), Section.UPDATE);
        }
        return message;
    }

    private static Message header(long lease) {
        Message message = new Message(7);
        message.getHeader().setOpcode(Opcode.UPDATE);
        message.addRecord(Record.newRecord(NAMES.origin(), Type.SOA, DClass.IN), Section.ZONE);
        byte[] seconds = ByteBuffer.allocate(4).putInt((int) lease).array();
        message.addRecord(new OPTRecord(1232, 0, 0, 0, new GenericEDNSOption(LEASE, seconds)), Section.ADDITIONAL);
        return message;
    }

    private static long granted(Message response) {
        return Optional.ofNullable(response.getOPT()).stream()
                .flatMap(opt -> opt.getOptions(LEASE).stream())
                .mapToLong(option -> ByteBuffer.wrap(option.toWire()).getInt(4) & 0xffffffffL)
                .findFirst()
                .orElse(-1);
    }

    private static String reason(Message response) {
        return Optional.ofNullable(response.getOPT()).stream()
                .flatMap(opt -> opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream())
                .map(option -> ((ExtendedErrorCodeOption) option).getText())
                .findFirst()
                .orElse("");
    }

    private static Message parsed(byte @Nullable [] message) {
        assertThat(message).isNotNull();
        try {
            return new Message(message);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Peer peer(PublicKey key, String endpoint, String... allowedIps) {
        return Peer.builder(key)
                .endpoint(Endpoint.parse(endpoint))
                .allowedIps(Arrays.stream(allowedIps).map(IpPrefix::parse).toList())
                .build();
    }
}
