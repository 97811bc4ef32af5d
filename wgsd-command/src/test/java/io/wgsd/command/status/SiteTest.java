package io.wgsd.command.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.1:51820, 203.0.113.1",
        "'[2001:db8:1:2:3:4:5:6]:51820', 2001:db8:1:2::/64",
    })
    void aSiteIsItsPublicAddressOrSubnet(String endpoint, String site) {
        assertThat(Site.of(Endpoint.parse(endpoint))).contains(site);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3:1", "172.16.0.1:1", "192.168.1.1:1", "169.254.1.1:1", "[fd00::1]:1"})
    void aLocalAddressIsNoSite(String endpoint) {
        assertThat(Site.of(Endpoint.parse(endpoint))).isEmpty();
        assertThat(Site.isLocal(Endpoint.parse(endpoint).address())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"100.64.1.1:1", "127.0.0.1:1"})
    void anAddressThatNobodyElseSeesIsNoSite(String endpoint) {
        assertThat(Site.of(Endpoint.parse(endpoint))).isEmpty();
        assertThat(Site.isLocal(Endpoint.parse(endpoint).address())).isFalse();
    }
}
