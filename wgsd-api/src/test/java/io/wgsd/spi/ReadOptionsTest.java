package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import org.junit.jupiter.api.Test;

class ReadOptionsTest {

    @Test
    void haveNothingToReuseWhereNoneIsGiven() {
        Device earlier = Device.builder("wg0", DeviceKind.KERNEL).build();
        assertThat(ReadOptions.defaults().previous()).isEmpty();
        assertThat(ReadOptions.defaults().reusing(earlier).previous()).containsSame(earlier);
    }
}
