package io.wgsd.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.net.ProtocolException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code wg} 1.0.20210914 printed, and what it never would. */
final class ViewsTest {

    private static final String ALICE_KEY = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    private static final PublicKey ALICE = PublicKey.parse(ALICE_KEY);
    private static final PublicKey BOB = PublicKey.parse("TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=");

    @Test
    void eachPeerHasALine() throws Exception {
        assertThat(Views.peers(ALICE_KEY + "\t[fe80::1%lo]:51820\n" + BOB + "\t(none)\n", Views::endpoint))
                .containsExactly(
                        entry(ALICE, Optional.of(Endpoint.parse("[fe80::1%lo]:51820"))), entry(BOB, Optional.empty()));
    }

    @Test
    void aDeviceWithoutPeersPrintsNothing() throws Exception {
        assertThat(Views.peers("", Views::endpoint)).isEmpty();
    }

    @Test
    void allowedIpsHaveBlanksBetweenThem() {
        assertThat(Views.allowedIps("10.0.0.1/32 fd00::1/128"))
                .containsExactly(IpPrefix.parse("10.0.0.1/32"), IpPrefix.parse("fd00::1/128"));
        assertThat(Views.allowedIps("(none)")).isEmpty();
    }

    @Test
    void anEndpointWithPort0IsNone() {
        assertThat(Views.endpoint("192.0.2.1:0")).isEmpty();
        assertThat(Views.endpoint("[2001:db8::1]:0")).isEmpty();
    }

    @Test
    void zeroIsNoHandshake() throws Exception {
        assertThat(Views.handshake("0")).isEmpty();
        assertThat(Views.handshake("1795693562")).contains(Instant.ofEpochSecond(1_795_693_562));
    }

    @Test
    void countersAreUnsigned() throws Exception {
        assertThat(Views.transfer("18446744073709551615\t5")).isEqualTo(new Views.Transfer(-1, 5));
    }

    @Test
    void offIsNoKeepalive() throws Exception {
        assertThat(Views.keepalive("off")).isZero();
        assertThat(Views.keepalive("25")).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void theDevicesOwnValuesAreOneLineEach() throws Exception {
        assertThat(Views.publicKey(ALICE_KEY + "\n")).contains(ALICE);
        assertThat(Views.publicKey("(none)\n")).isEmpty();
        assertThat(Views.listenPort("51820\n")).isEqualTo(51820);
        assertThat(Views.firewallMark("0xffffffff\n")).isEqualTo(0xffff_ffffL);
        assertThat(Views.firewallMark("off\n")).isZero();
    }

    @Test
    void interfacesAreOnOneLine() {
        assertThat(Views.names("wg0 wg1\n")).containsExactly("wg0", "wg1");
        assertThat(Views.names("\n")).isEmpty();
        assertThat(Views.names("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no tab", "\t", "AAAA\t(none)", "(none)\t(none)"})
    void aLineThatIsNoPeersIsRefused(String line) {
        assertRefused(() -> Views.peers(line + "\n", Views::endpoint));
    }

    @Test
    void aPeerThatIsThereTwiceIsRefused() {
        assertRefused(() -> Views.peers((ALICE_KEY + "\toff\n").repeat(2), Views::keepalive));
    }

    @Test
    void anEndpointThatIsNoneIsRefused() {
        // getnameinfo's excuse in the place of an endpoint (src/show.c).
        assertRefused(() -> Views.peers(ALICE_KEY + "\tName or service not known\n", Views::endpoint));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1 ", "0x1", "18446744073709551616", "99999999999999999999999"})
    void aNumberThatIsNoneIsRefused(String text) {
        assertRefused(() -> Views.transfer(text + "\t0"));
        assertRefused(() -> Views.handshake(text));
        assertRefused(() -> Views.listenPort(text + "\n"));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertRefused(() -> Views.listenPort("65536\n"));
        assertRefused(() -> Views.keepalive("65536"));
        assertRefused(() -> Views.firewallMark("0x100000000\n"));
        assertRefused(() -> Views.firewallMark("42\n"));
        assertRefused(() -> Views.firewallMark("0x\n"));
        assertRefused(() -> Views.transfer("1"));
    }

    @Test
    void severalLinesAreRefused() {
        assertRefused(() -> Views.listenPort("1"));
        assertRefused(() -> Views.listenPort("1\n2\n"));
        assertRefused(() -> Views.publicKey("\n"));
    }

    @Test
    void aVersionIsADate() {
        assertThat(WgVersion.of(FakeWg.OLD)).isEqualTo(new WgVersion("1.0.20210914", 20210914));
        assertThat(WgVersion.of(FakeWg.OLD).addsAllowedIps()).isFalse();
        assertThat(WgVersion.of(FakeWg.NEW).addsAllowedIps()).isTrue();
        assertThat(List.of(WgVersion.of(""), WgVersion.of("wireguard-tools v2")))
                .noneMatch(WgVersion::addsAllowedIps);
    }

    private static void assertRefused(ThrowingCallable parsing) {
        assertThatThrownBy(parsing).isInstanceOf(ProtocolException.class);
    }
}
