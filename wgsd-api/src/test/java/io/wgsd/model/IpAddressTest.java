package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An address as a value: its bytes, its family, its order and what its range means. */
class IpAddressTest {

    @ParameterizedTest
    @CsvSource({"192.0.2.1, false, 32", "2001:db8::1, true, 128", "::ffff:192.0.2.1, true, 128"})
    void knowsItsFamily(String text, boolean ipv6, int bits) {
        assertThat(IpAddress.parse(text).isIpv6()).isEqualTo(ipv6);
        assertThat(IpAddress.parse(text).bitLength()).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void givesBackTheBytesItCameFrom(int length) {
        Random seeded = new Random(length);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[length];
            seeded.nextBytes(bytes);
            assertThat(IpAddress.of(bytes).toBytes()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 15, 17})
    void hasFourOrSixteenBytes(int length) {
        assertThatThrownBy(() -> IpAddress.of(new byte[length]))
                .isInstanceOf(FormatException.class)
                .hasMessage("IP address: must be 4 or 16 bytes, was " + length);
    }

    @Test
    void doesNotChangeWithItsArrays() {
        byte[] bytes = {10, 0, 0, 1};
        IpAddress address = IpAddress.of(bytes);
        bytes[3] = 2;
        address.toBytes()[3] = 3;
        assertThat(address).hasToString("10.0.0.1");
    }

    @Test
    void ipv4AndIpv6OfTheSameNumberDiffer() {
        assertThat(IpAddress.parse("0.0.0.1")).isNotEqualTo(IpAddress.parse("::1"));
    }

    @Test
    void equalAddressesHaveEqualHashCodes() {
        assertThat(IpAddress.parse("2001:db8::1"))
                .isEqualTo(IpAddress.parse("2001:DB8:0::1"))
                .hasSameHashCodeAs(IpAddress.parse("2001:DB8:0::1"))
                .isNotEqualTo("2001:db8::1");
    }

    @Test
    void ordersIpv4FirstThenByBytesUnsigned() {
        List<IpAddress> ordered = List.of(
                IpAddress.parse("0.0.0.0"),
                IpAddress.parse("127.255.255.255"),
                IpAddress.parse("128.0.0.0"),
                IpAddress.parse("255.255.255.255"),
                IpAddress.parse("::"),
                IpAddress.parse("::8000:0:0:0"),
                IpAddress.parse("7fff::"),
                IpAddress.parse("8000::"),
                IpAddress.parse("8000::1"));
        assertThat(ordered).isSorted();
        assertThat(ordered.get(8)).isGreaterThan(ordered.get(0));
    }

    @Test
    void ordersAsItsBytesDo() {
        Random seeded = new Random(3);
        for (int i = 0; i < 1000; i++) {
            byte[] left = new byte[16];
            seeded.nextBytes(left);
            byte[] right = left.clone();
            right[i % 16] = (byte) seeded.nextInt();
            assertThat(Integer.signum(IpAddress.of(left).compareTo(IpAddress.of(right))))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(left, right)));
        }
    }

    @Test
    void comesFromTheRuntimesKindWithoutItsScope() throws UnknownHostException {
        byte[] bytes = IpAddress.parse("fe80::1").toBytes();
        assertThat(IpAddress.of(Inet6Address.getByAddress(null, bytes, 3))).hasToString("fe80::1");
    }

    @Test
    void goesToTheRuntimesKindWithoutAName() {
        InetAddress address = IpAddress.parse("192.0.2.1").toInetAddress();
        assertThat(address).isInstanceOf(Inet4Address.class).hasToString("/192.0.2.1");
    }

    @Test
    void ofIpv6GoesToTheRuntimesKind() {
        assertThat(IpAddress.parse("2001:db8::1").toInetAddress()).isInstanceOf(Inet6Address.class);
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:192.0.2.1, 192.0.2.1",
        "::ffff:0.0.0.0,   0.0.0.0",
        "::ffff:255.255.255.255, 255.255.255.255",
        "::192.0.2.1,      ::c000:201",
        "::fffe:c000:201,  ::fffe:c000:201",
        "::1:ffff:c000:201, ::1:ffff:c000:201",
        "1::ffff:c000:201, 1::ffff:c000:201",
        "192.0.2.1,        192.0.2.1"
    })
    void onlyAMappedAddressStandsForAnIpv4One(String text, String unmapped) {
        assertThat(IpAddress.parse(text).unmapped()).isEqualTo(IpAddress.parse(unmapped));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,         U",
        "0.0.0.1,         -",
        "::,              U",
        "127.0.0.1,       L",
        "127.255.255.255, L",
        "126.255.255.255, -",
        "128.0.0.0,       -",
        "::1,             L",
        "::2,             -",
        "1::1,            -",
        "224.0.0.0,       M",
        "239.255.255.255, M",
        "223.255.255.255, -",
        "240.0.0.0,       -",
        "ff00::,          M",
        "ff02::1,         M",
        "feff::,          -",
        "169.254.0.0,     K",
        "169.254.255.255, K",
        "169.253.255.255, -",
        "169.255.0.0,     -",
        "fe80::,          K",
        "febf:ffff::,     K",
        "fe7f::,          -",
        "fec0::,          -",
        "::ffff:127.0.0.1, -",
        "192.0.2.1,       -",
        "2001:db8::1,     -"
    })
    void knowsWhatItsRangeMeans(String text, String range) {
        IpAddress address = IpAddress.parse(text);
        assertThat(address.isUnspecified()).as("unspecified").isEqualTo(range.equals("U"));
        assertThat(address.isLoopback()).as("loopback").isEqualTo(range.equals("L"));
        assertThat(address.isMulticast()).as("multicast").isEqualTo(range.equals("M"));
        assertThat(address.isLinkLocal()).as("link-local").isEqualTo(range.equals("K"));
    }

    @Test
    void meansWhatTheRuntimeSaysItMeans() {
        Random seeded = new Random(6);
        for (int i = 0; i < 4000; i++) {
            byte[] bytes = new byte[i % 2 == 0 ? 4 : 16];
            seeded.nextBytes(bytes);
            IpAddress address = IpAddress.of(bytes);
            InetAddress runtime = address.toInetAddress();
            assertThat(address.isLoopback()).isEqualTo(runtime.isLoopbackAddress());
            assertThat(address.isMulticast()).isEqualTo(runtime.isMulticastAddress());
            assertThat(address.isLinkLocal()).isEqualTo(runtime.isLinkLocalAddress());
        }
    }
}
