package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A prefix is a network, not an address in it: host bits are gone from the start. */
class IpPrefixTest {

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/24", "0.0.0.0/0", "192.0.2.1/32", "::/0", "fd00::/64", "2001:db8::1/128"})
    void isWrittenAsItWasRead(String text) {
        assertThat(IpPrefix.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1/24,      10.0.0.0/24",
        "10.255.255.255/8, 10.0.0.0/8",
        "10.0.0.255/31,    10.0.0.254/31",
        "255.255.255.255/0, 0.0.0.0/0",
        "255.255.255.255/1, 128.0.0.0/1",
        "192.0.2.1,        192.0.2.1/32",
        "2001:db8::1,      2001:db8::1/128",
        "2001:db8::1/64,   2001:db8::/64",
        "2001:db8::1/127,  2001:db8::/127",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/63, ffff:ffff:ffff:fffe::/63",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/65, ffff:ffff:ffff:ffff:8000::/65",
        "ffff::/0,         ::/0",
        "::ffff:10.0.0.1/104, ::ffff:10.0.0.0/104"
    })
    void clearsHostBitsAndTakesAnAddressAlone(String text, String prefix) {
        assertThat(IpPrefix.parse(text)).hasToString(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/24",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/8 ",
                "10.0.0.0 /8",
                "10.0.0.0/8/8",
                "10.0.0.0/99999999999",
                "10.0.0.0/255.0.0.0",
                "10/8",
                "010.0.0.0/8",
                "fd00::/129",
                "[fd00::]/64",
                "fe80::%eth0/64",
                "example.com/24",
                "10.0.0.0/٨"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> IpPrefix.parse(text))
                .isInstanceOf(FormatException.class)
                .hasMessage("prefix \"" + text + "\": must be a numeric address and a length of 0..32 (IPv4) or"
                        + " 0..128 (IPv6), as in 10.0.0.0/24 or fd00::/64");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1, 33, 32", "10.0.0.1, -1, 32", "fd00::1, 129, 128"})
    void hasNoLengthBeyondItsFamilys(String address, int length, int most) {
        assertThatThrownBy(() -> new IpPrefix(IpAddress.parse(address), length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prefix length must be 0.." + most + ", was " + length);
    }

    @Test
    void ofOneAddressHasItsWholeLength() {
        assertThat(IpPrefix.of(IpAddress.parse("192.0.2.1"))).hasToString("192.0.2.1/32");
        assertThat(IpPrefix.of(IpAddress.parse("fd00::1"))).hasToString("fd00::1/128");
    }

    @Test
    void equalsThePrefixOfAnyAddressInIt() {
        assertThat(IpPrefix.parse("10.0.0.1/24"))
                .isEqualTo(IpPrefix.parse("10.0.0.2/24"))
                .hasSameHashCodeAs(IpPrefix.parse("10.0.0.2/24"))
                .isNotEqualTo(IpPrefix.parse("10.0.0.0/25"));
    }

    @Test
    void containsWhatSharesItsLeadingBits() {
        Random seeded = new Random(24);
        for (int i = 0; i < 4000; i++) {
            byte[] inside = new byte[i % 2 == 0 ? 4 : 16];
            seeded.nextBytes(inside);
            byte[] other = inside.clone();
            int flipped = seeded.nextInt(8 * inside.length);
            other[flipped / 8] ^= (byte) (0x80 >> flipped % 8);
            int length = seeded.nextInt(8 * inside.length + 1);
            IpPrefix prefix = new IpPrefix(IpAddress.of(inside), length);
            assertThat(prefix.contains(IpAddress.of(inside))).isTrue();
            assertThat(prefix.contains(IpAddress.of(other))).isEqualTo(flipped >= length);
        }
    }

    @Test
    void hasZerosBehindItsLength() {
        Random seeded = new Random(25);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[16];
            seeded.nextBytes(bytes);
            int length = i % 129;
            BigInteger kept = new BigInteger(1, bytes).shiftRight(128 - length).shiftLeft(128 - length);
            IpPrefix prefix = new IpPrefix(IpAddress.of(bytes), length);
            assertThat(new BigInteger(1, prefix.network().toBytes())).isEqualTo(kept);
        }
    }

    @Test
    void containsNothingOfTheOtherFamily() {
        assertThat(IpPrefix.parse("0.0.0.0/0").contains(IpAddress.parse("::"))).isFalse();
        assertThat(IpPrefix.parse("::/0").contains(IpAddress.parse("0.0.0.0"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0/0, true", "::/0, true", "0.0.0.0/1, false", "::/128, false"})
    void isADefaultRouteWhereItIsTheWholeFamily(String text, boolean whole) {
        assertThat(IpPrefix.parse(text).isDefaultRoute()).isEqualTo(whole);
    }

    @Test
    void ordersByNetworkThenShorterFirst() {
        assertThat(List.of(
                        IpPrefix.parse("0.0.0.0/0"),
                        IpPrefix.parse("10.0.0.0/8"),
                        IpPrefix.parse("10.0.0.0/24"),
                        IpPrefix.parse("10.0.1.0/24"),
                        IpPrefix.parse("::/0"),
                        IpPrefix.parse("fd00::/8")))
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
