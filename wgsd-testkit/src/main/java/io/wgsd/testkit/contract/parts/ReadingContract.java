package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.AWAY;
import static io.wgsd.testkit.contract.support.Samples.BOB;
import static io.wgsd.testkit.contract.support.Samples.HOME;
import static io.wgsd.testkit.contract.support.Samples.NET;
import static io.wgsd.testkit.contract.support.Samples.TEN;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import io.wgsd.model.Peer;
import io.wgsd.spi.ReadOptions;
import io.wgsd.testkit.contract.support.Samples;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Devices are listed and read; an earlier reading saves work and changes nothing. */
public interface ReadingContract extends ContractPart {

    @Test
    default void theDeviceIsListed() throws Exception {
        assertThat(device().source().deviceNames()).contains(device().name());
    }

    @Test
    default void aDeviceThatIsCreatedLaterIsListedAndRead() throws Exception {
        String later = device().fixture().createDevice();
        assertThat(device().source().deviceNames()).contains(device().name(), later);
        assertThat(device().source().read(later).name()).isEqualTo(later);
    }

    @Test
    default void theListOfDevicesCannotBeChanged() throws Exception {
        Set<String> names = device().source().deviceNames();
        assertThatThrownBy(() -> names.add("wg-mine")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    default void twoDevicesAreDistinguished() throws Exception {
        String other = device().fixture().createDevice();
        device().apply(change().peer(ALICE).addAllowedIp(TEN).build());
        device().source().apply(other, change().peer(BOB).addAllowedIp(TEN).build());
        assertThat(device().read().peers()).extracting(Peer::publicKey).containsExactly(ALICE);
        assertThat(device().source().read(other).peers())
                .extracting(Peer::publicKey)
                .containsExactly(BOB);
    }

    @Test
    default void changesByAnotherProgramAreRead() throws Exception {
        device().read();
        device().fixture()
                .changeFromOutside(
                        device().name(), change().peer(ALICE).endpoint(HOME).build());
        assertThat(device().read(ALICE).endpoint()).contains(HOME);
    }

    @Test
    default void readingTwiceGivesEqualDevices() throws Exception {
        device().apply(change().peer(ALICE)
                .endpoint(HOME)
                .addAllowedIp(TEN)
                .peer(BOB)
                .addAllowedIp(NET)
                .build());
        assertThat(device().read()).isEqualTo(device().read());
    }

    @Test
    default void reusingAnEqualReadingGivesAnEqualDevice() throws Exception {
        device().apply(change().peer(ALICE).endpoint(HOME).addAllowedIp(TEN).build());
        Device earlier = device().read();
        assertThat(reusing(earlier)).isEqualTo(earlier);
    }

    @Test
    default void reusingAnOutdatedReadingGivesTheDeviceAsItIs() throws Exception {
        device().apply(change().peer(ALICE)
                .endpoint(HOME)
                .addAllowedIp(TEN)
                .peer(BOB)
                .addAllowedIp(NET)
                .peer(Samples.key(3))
                .build());
        Device earlier = device().read();
        device().apply(change().firewallMark(7)
                .peer(ALICE)
                .endpoint(AWAY)
                .replaceAllowedIps()
                .addAllowedIp(NET)
                .peer(Samples.key(3))
                .remove()
                .peer(Samples.key(4))
                .build());
        assertThat(reusing(earlier)).isEqualTo(device().read());
    }

    @Test
    default void reusingAReadingOfAnotherDeviceGivesThisOne() throws Exception {
        String other = device().fixture().createDevice();
        device().source()
                .apply(other, change().peer(ALICE).endpoint(AWAY).peer(BOB).build());
        device().apply(change().peer(ALICE).endpoint(HOME).build());
        assertThat(reusing(device().source().read(other))).isEqualTo(device().read());
    }

    private Device reusing(Device earlier) throws Exception {
        return device().source().read(device().name(), ReadOptions.defaults().reusing(earlier));
    }
}
