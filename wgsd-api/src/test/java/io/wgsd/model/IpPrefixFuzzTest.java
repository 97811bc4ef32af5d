package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

final class IpPrefixFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aValueThatIsReadCanBeWrittenAndReadAgain(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<IpPrefix> read = Parsed.by(IpPrefix::parse, text);
        int slash = text.indexOf('/');
        Optional<IpAddress> address = Parsed.by(IpAddress::parse, slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            assertThat(read).isEqualTo(address.map(IpPrefix::of));
        }
        read.ifPresent(prefix -> {
            assertThat(IpPrefix.parse(prefix.toString())).isEqualTo(prefix).isEqualByComparingTo(prefix);
            assertThat(prefix.length()).isBetween(0, prefix.network().bitLength());
            assertThat(prefix.network().network(prefix.length())).isEqualTo(prefix.network());
            assertThat(address)
                    .hasValueSatisfying(
                            inside -> assertThat(prefix.contains(inside)).isTrue());
            assertThat(slash < 0 || text.endsWith("/" + prefix.length()))
                    .as("a length has one spelling")
                    .isTrue();
        });
    }
}
