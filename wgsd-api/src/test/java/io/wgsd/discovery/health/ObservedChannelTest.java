package io.wgsd.discovery.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.registry.RegistryChannel;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ObservedChannelTest {

    @Test
    void nothingIsLeftToTheDefaultsOfTheInterface() {
        assertThat(ObservedChannel.class.getDeclaredMethods())
                .extracting(Method::getName)
                .containsAll(Arrays.stream(RegistryChannel.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName)
                        .toList());
    }
}
