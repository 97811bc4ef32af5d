package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** To which addresses nobody could send. */
class UnusableAddressTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, unspecified",
        "::, unspecified",
        "127.0.0.1, loopback",
        "127.255.255.255, loopback",
        "::1, loopback",
        "224.0.0.0, no single host",
        "239.255.255.255, no single host",
        "255.255.255.255, no single host",
        "ff02::1, no single host",
        "169.254.0.1, link-local",
        "fe80::1, link-local",
        "febf::1, link-local",
        "0.0.0.1, 0.0.0.0/8",
        "0.255.255.255, 0.0.0.0/8",
        "240.0.0.0, 240.0.0.0/4",
        "255.255.255.254, 240.0.0.0/4",
        "::203.0.113.1, ::/96"
    })
    void anAddressThatNobodyCanSendToHasAReason(String address, String reason) {
        assertThat(UnusableAddress.reason(IpAddress.parse(address)))
                .get()
                .asString()
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:127.0.0.1, 127.0.0.1, loopback",
        "64:ff9b::0.0.0.1, 0.0.0.1, 0.0.0.0/8",
        "64:ff9b::240.0.0.1, 240.0.0.1, 240.0.0.0/4",
        "64:ff9b:1::224.0.0.1, 224.0.0.1, no single host",
        "2002:7f00:1::1, 127.0.0.1, loopback",
        "2002:a9fe:101::, 169.254.1.1, link-local",
        "2002:ffff:ffff::, 255.255.255.255, no single host"
    })
    void anIpv6FormOfSuchAnIpv4AddressNamesBoth(String address, String inner, String reason) {
        assertThat(UnusableAddress.reason(IpAddress.parse(address)))
                .get()
                .asString()
                .contains(inner, reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "10.0.0.1",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "192.0.2.1",
                "192.168.1.5",
                "223.255.255.255",
                "2001:db8::1",
                "fd00::1",
                "::ffff:203.0.113.1",
                "64:ff9b::203.0.113.1",
                "2002:cb00:7101::1"
            })
    void anAddressThatAnotherHostMayHaveHasNone(String address) {
        assertThat(UnusableAddress.reason(IpAddress.parse(address))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"::ffff:192.0.2.1, 192.0.2.1", "64:ff9b::c000:201, 192.0.2.1", "2002:c000:201::9, 192.0.2.1"})
    void theAddressInsideAnAddressIsRead(String address, String inner) {
        assertThat(UnusableAddress.embedded(IpAddress.parse(address))).contains(IpAddress.parse(inner));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::c000:201", "64:ff9a::c000:201"})
    void anyOtherAddressHoldsNoOther(String address) {
        assertThat(UnusableAddress.embedded(IpAddress.parse(address))).isEmpty();
    }
}
