package io.wgsd.command.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class StatusSocketTest {

    @TempDir
    private Path folder;

    @Test
    void aSilentConnectionDelaysNoOther() throws IOException {
        Path path = folder.resolve("wg0.sock");
        try (StatusSocket socket = open();
                SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(StatusSocket.ask(path, "json")).isEqualTo("json of wg0");
            assertThat(silent.isOpen()).isTrue();
            assertThat(socket).isNotNull();
        }
    }

    @Test
    void aSilentConnectionIsClosed() throws IOException {
        try (StatusSocket socket = open();
                SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("wg0.sock")))) {
            assertThat(silent.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(socket).isNotNull();
        }
    }

    @Test
    void manySilentConnectionsKeepOthersOutOnlyForAShortTime() throws IOException {
        Path path = folder.resolve("wg0.sock");
        List<SocketChannel> silent = new ArrayList<>();
        try (StatusSocket socket = open()) {
            for (int i = 0; i < 16; i++) {
                silent.add(SocketChannel.open(UnixDomainSocketAddress.of(path)));
            }
            assertThat(silent.get(0).read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(StatusSocket.ask(path, "text")).isEqualTo("text of wg0");
            assertThat(socket).isNotNull();
        } finally {
            for (SocketChannel each : silent) {
                each.close();
            }
        }
    }

    @Test
    void severalProcessesOfAKindHaveASocketEach() throws IOException {
        List<String> reported = new ArrayList<>();
        try (StatusSocket one = StatusSocket.open(folder, "registry", "wg0", asked -> "one", reported::add);
                StatusSocket other = StatusSocket.open(folder, "registry", "wg0", asked -> "other", reported::add)) {
            assertThat(StatusSocket.ask(folder.resolve("registry:wg0.sock"), "json"))
                    .isEqualTo("one");
            assertThat(StatusSocket.ask(folder.resolve("registry:wg0:2.sock"), "json"))
                    .isEqualTo("other");
        }
        assertThat(reported).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    private StatusSocket open() throws IOException {
        return StatusSocket.open(folder, "wg0", asked -> asked + " of wg0", notice -> {});
    }
}
