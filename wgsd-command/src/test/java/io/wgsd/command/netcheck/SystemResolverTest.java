package io.wgsd.command.netcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.DnsSdNames;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SystemResolverTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");

    @Test
    void aResolverIsNotBlamedWhereTheZoneHasNothingOfThisHost() {
        Fact fact = SystemResolver.of(List.of(new InetSocketAddress("127.0.0.1", 9)), NAMES, Optional.empty());

        assertThat(fact.words()).startsWith("127.0.0.1 was not asked: no registry lists this host");
        assertThat(fact.values()).containsEntry("finds", null);
    }

    @Test
    void aHostWithoutAResolverFindsNothing() {
        assertThat(SystemResolver.of(List.of(), NAMES, Optional.empty()).values())
                .containsEntry("finds", false);
    }
}
