package io.wgsd.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireGuardGoTest {

    @TempDir
    private Path directory;

    private WireGuardGo wireGuard;

    @BeforeEach
    void start() throws IOException {
        wireGuard = WireGuardGo.start(directory, "wgk0");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (wireGuard != null) {
            wireGuard.close();
        }
    }

    @Test
    void itsInterfaceIsInANetworkOfItsOwn() throws Exception {
        wireGuard.run("ip", "link", "show", "wgk0");

        assertThat(Path.of("/sys/class/net/wgk0")).doesNotExist();
        assertThat(WireGuardGo.version()).matches("[0-9.]+");
    }

    @Test
    void anotherOneHasItsSocketInTheSameDirectory() throws Exception {
        try (WireGuardGo other = wireGuard.alongside("wgk1")) {
            other.run("ip", "link", "show", "wgk0");
            assertThat(Files.exists(other.socket())).isTrue();
            assertThat(other.directory()).isEqualTo(directory);
        }
    }

    @Test
    void aProgramThatFailsInsideIsReportedWithItsStatus() {
        assertThatThrownBy(() -> wireGuard.run("sh", "-c", "exit 3"))
                .isInstanceOf(IOException.class)
                .hasMessage("sh -c exit 3 ended with status 3");
    }

    @Test
    void itStillListensAfterAPause() throws Exception {
        wireGuard.pause();
        wireGuard.resume();

        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThat(channel.connect(UnixDomainSocketAddress.of(wireGuard.socket())))
                    .isTrue();
        }
    }

    @Test
    void itsSocketGoesWithItUnlessItIsKilled() throws Exception {
        try (WireGuardGo other = wireGuard.alongside("wgk1")) {
            other.kill();
            assertThat(Files.exists(other.socket())).isTrue();
        }
        wireGuard.close();
        assertThat(Files.exists(wireGuard.socket())).isFalse();
    }
}
