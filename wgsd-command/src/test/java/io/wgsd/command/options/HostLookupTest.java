package io.wgsd.command.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server's name: what is one, and how long it may take to look it up. */
@Timeout(20)
class HostLookupTest {

    private static final InetSocketAddress NAMED = InetSocketAddress.createUnresolved("hub.example.com", 53);
    private static final Duration SHORT = Duration.ofMillis(100);

    @Test
    void aDeadResolverTakesNoLongerThanTheTimeout() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> HostLookup.of(NAMED, SHORT, host -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    throw new UnknownHostException(host);
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--dns hub.example.com: the name was not resolved within 0.1 s");
    }

    @Test
    void anUnknownNameIsReported() {
        assertThatThrownBy(() -> HostLookup.of(NAMED, SHORT, host -> {
                    throw new UnknownHostException(host);
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("neither an address nor a name that can be resolved");
    }

    @Test
    void aNameIsReplacedByItsAddress() throws Exception {
        InetAddress there = InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) 254});
        assertThat(HostLookup.of(NAMED, Duration.ofSeconds(10), host -> there))
                .isEqualTo(new InetSocketAddress(there, 53));
    }
}
