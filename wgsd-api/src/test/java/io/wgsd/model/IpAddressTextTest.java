package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses are read as RFC 4291 writes them and written as RFC 5952 recommends. */
class IpAddressTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // RFC 5952, section 4: leading zeros, the longest run, the first of two, no single group, lower case.
                "2001:db8::1",
                "2001:db8:0:1:1:1:1:1",
                "2001:db8::1:0:0:1",
                "2001:0:0:1::1",
                "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
                "::",
                "::1",
                "1::",
                "1::8",
                "1:2:3:4:5:6:7:8",
                "0:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:0",
                "::3:4:5:6:7:8",
                "1:2:3:4:5:6::",
                "fe80::a:b:c:d",
                "ff02::fb",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                // Section 5: the prefix is well known to hold an IPv4 address.
                "::ffff:192.0.2.1",
                "::ffff:0.0.0.0",
                "::102:304",
                "0.0.0.0",
                "192.0.2.1",
                "255.255.255.255"
            })
    void isWrittenAsItWasRead(String text) {
        assertThat(IpAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:0DB8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1,  2001:db8::1:0:0:1",
        "2001:db8::0:1,         2001:db8::1",
        "2001:db8::1:1:1:1:1,   2001:db8:0:1:1:1:1:1",
        "::2:3:4:5:6:7:8,       0:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::,       1:2:3:4:5:6:7:0",
        "0:0:0:0:0:0:0:0,       ::",
        "::0,                   ::",
        "00:000:0000::,         ::",
        "::FFFF:C000:0201,      ::ffff:192.0.2.1",
        "0:0:0:0:0:ffff:1.2.3.4, ::ffff:1.2.3.4",
        "64:ff9b::192.0.2.33,   64:ff9b::c000:221",
        "1:2:3:4:5:6:1.2.3.4,   1:2:3:4:5:6:102:304",
        "::1.2.3.4,             ::102:304",
        "1::1.2.3.4,            1::102:304",
    })
    void hasOneTextThoughManySpellings(String spelling, String text) {
        assertThat(IpAddress.parse(spelling)).isEqualTo(IpAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "1",
                "1.2.3",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..2.3",
                "1.2.3.4.5",
                "256.0.0.1",
                "1.2.3.999999999999",
                "-1.2.3.4",
                "+1.2.3.4",
                "1.2.3.4 ",
                "0x7f.0.0.1",
                "01.2.3.4",
                "1.2.3.00",
                "010.0.0.1",
                "1.2.3.a",
                "١.2.3.4",
                "example.com",
                "localhost"
            })
    void refusesWhatIsNoIpv4Address(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":",
                ":::",
                "::::",
                "1",
                ":1",
                "1:",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4::5:6:7:8",
                "1::2::3",
                "1:::2",
                "::1:",
                ":1::",
                "12345::",
                "00001::",
                "g::",
                "-1::",
                "::１",
                "[::1]",
                "fe80::1%eth0",
                "fe80::1%1",
                "::1/64",
                "1.2.3.4::",
                "1.2.3.4:1::",
                "::1.2.3.4:5",
                "::1.2.3",
                "::1.2.3.256",
                "::01.2.3.4",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1:2:3:4:5:1.2.3.4",
                "1:2:3:4:5:6::1.2.3.4",
                "::1.2.3.4.5",
                "1:2:3:4:5:6:7:8:9:1.2.3.4"
            })
    void refusesWhatIsNoIpv6Address(String text) {
        assertRefused(text);
    }

    @Test
    void everyAddressIsReadBackFromItsText() {
        Random seeded = new Random(5952);
        for (int i = 0; i < 5000; i++) {
            IpAddress address = IpAddress.of(withRunsOfZeros(seeded));
            assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
        }
    }

    @Test
    void theRuntimeReadsEveryTextAsTheSameBytes() throws UnknownHostException {
        Random seeded = new Random(4291);
        for (int i = 0; i < 2000; i++) {
            IpAddress address = IpAddress.of(withRunsOfZeros(seeded)).unmapped();
            assertThat(InetAddress.getByName(address.toString()).getAddress()).isEqualTo(address.toBytes());
        }
    }

    @Test
    void leavesOutTheFirstOfTheLongestRunsOfZeros() {
        Random seeded = new Random(5953);
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = withRunsOfZeros(seeded);
            assertThat(IpAddress.of(bytes)).hasToString(byTrial(bytes));
        }
    }

    /** RFC 5952, section 4, as its words have it: tries each run, the longest and the leftmost first. */
    private static String byTrial(byte[] bytes) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 16; i += 2) {
            groups.add(Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff));
        }
        for (int length = 8; length > 1; length--) {
            for (int from = 0; from + length <= 8; from++) {
                if (groups.subList(from, from + length).stream().allMatch("0"::equals)) {
                    return String.join(":", groups.subList(0, from)) + "::"
                            + String.join(":", groups.subList(from + length, 8));
                }
            }
        }
        return String.join(":", groups);
    }

    private static byte[] withRunsOfZeros(Random seeded) {
        byte[] bytes = new byte[16];
        seeded.nextBytes(bytes);
        for (int group = 0; group < 8; group++) {
            if (seeded.nextInt(5) < 3) {
                bytes[2 * group] = 0;
                bytes[2 * group + 1] = (byte) (seeded.nextInt(4) == 0 ? 1 : 0);
            }
        }
        return bytes;
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(FormatException.class)
                .hasMessage("IP address \"" + text
                        + "\": must be numeric, as in 192.0.2.1 or 2001:db8::1; names are not resolved");
    }
}
