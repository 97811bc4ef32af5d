package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

final class IpAddressFuzzTest {

    /** As much as six groups and an IPv4 address take. */
    private static final int LONGEST = 45;

    /** Eight groups. */
    private static final int LONGEST_WRITTEN = 39;

    @FuzzTest(maxDuration = "10m")
    void aValueThatIsReadCanBeWrittenAndReadAgain(byte[] input) throws UnknownHostException {
        String text = new String(input, StandardCharsets.UTF_8);
        IpAddress address = Parsed.by(IpAddress::parse, text).orElse(null);
        if (address == null) {
            return;
        }
        assertThat(text).hasSizeLessThanOrEqualTo(LONGEST).matches("[0-9A-Fa-f.:]+");
        assertThat(address.toString()).hasSizeLessThanOrEqualTo(LONGEST_WRITTEN);
        assertThat(IpAddress.parse(address.toString())).isEqualTo(address).hasSameHashCodeAs(address);
        assertThat(IpAddress.of(address.toBytes())).isEqualTo(address).isEqualByComparingTo(address);
        // Java's own reader, which never asks a resolver for what is numeric, knows IPv4-mapped addresses as IPv4 only.
        assertThat(InetAddress.getByName(text).getAddress())
                .isEqualTo(address.unmapped().toBytes());
    }
}
