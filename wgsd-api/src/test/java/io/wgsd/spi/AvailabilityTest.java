package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AvailabilityTest {

    @Test
    void isWhatWasFound() {
        Availability found = Availability.available("/var/run/wireguard has 2 sockets");
        assertThat(found.isAvailable()).isTrue();
        assertThat(found).hasToString("/var/run/wireguard has 2 sockets");
    }

    @Test
    void isWhyNotAndWhatToDo() {
        Availability missing = Availability.unavailable("the kernel has no WireGuard", "modprobe wireguard");
        assertThat(missing.isAvailable()).isFalse();
        assertThat(missing).hasToString("the kernel has no WireGuard; modprobe wireguard");
    }

    @Test
    void isWhyNotWhereNothingCanBeDone() {
        assertThat(Availability.unavailable("this is not Linux", "")).hasToString("this is not Linux");
    }

    @Test
    void isOneLineEvenIfItQuotesSeveral() {
        assertThat(Availability.unavailable("a\nb", "c\nd")).hasToString("a\\nb; c\\nd");
    }
}
