package io.wgsd.command.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.IpAddress;
import java.net.SocketException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AdvertiseSelfOptionsTest {

    private final Device wg0 = Device.builder("wg0", DeviceKind.KERNEL).build();

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:51820", "0.0.0.0:51820", "[::1]:51820", "224.0.0.1:51820", "[::ffff:240.0.0.1]:51820"
            })
    void anAddressThatNoOtherHostCanSendToIsRefused(String endpoint) {
        AdvertiseSelfOptions option = given(endpoint);
        assertThatThrownBy(() -> option.options(wg0))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is an address that no other host can send to")
                .hasMessageEndingWith("give the host's public address");
    }

    @Test
    void aPublicAddressIsAdvertised() throws SocketException {
        assertThat(given("192.0.2.1:51820").options(wg0).orElseThrow().address())
                .isEqualTo(IpAddress.parse("192.0.2.1"));
    }

    @Test
    void peersReachTheDeviceAtTheAddressThatIsGivenAndAtAnyOfTheOtherFamily() throws SocketException {
        AdvertiseSelfOptions none = new AdvertiseSelfOptions();
        new CommandLine(none.mixin()).parseArgs();
        Set<IpAddress> ofThisHost = none.addresses(wg0);
        Set<IpAddress> ipv6 = ofThisHost.stream().filter(IpAddress::isIpv6).collect(Collectors.toSet());

        Set<IpAddress> given = given("192.0.2.1:51820").addresses(wg0);

        assertThat(ofThisHost).noneMatch(IpAddress::isLoopback);
        assertThat(given)
                .containsAll(ipv6)
                .contains(IpAddress.parse("192.0.2.1"))
                .hasSize(ipv6.size() + 1);
    }

    private static AdvertiseSelfOptions given(String endpoint) {
        AdvertiseSelfOptions option = new AdvertiseSelfOptions();
        new CommandLine(option.mixin()).parseArgs("--self=" + endpoint);
        return option;
    }
}
