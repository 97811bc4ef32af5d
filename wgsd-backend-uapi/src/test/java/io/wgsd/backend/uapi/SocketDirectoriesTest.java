package io.wgsd.backend.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.Operation;
import io.wgsd.spi.UnavailableException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SocketDirectoriesTest {

    @TempDir
    Path root;

    @Test
    void aDeviceIsASocketOfItsName() throws IOException {
        Path socket = socket(root, "wg0");

        assertThat(SocketDirectories.of(root).find(reading("wg0"))).isEqualTo(socket);
        assertThat(SocketDirectories.of(root).sockets(reading("")))
                .containsOnlyKeys("wg0")
                .containsValue(socket);
    }

    @Test
    void filesThatAreNoSocketsOrHaveNoInterfacesNameAreNotListed() throws IOException {
        Files.writeString(root.resolve("plain.sock"), "");
        Files.createDirectory(root.resolve("directory.sock"));
        Files.createSymbolicLink(root.resolve("dangling.sock"), root.resolve("nowhere"));
        socket(root, "name-that-is-far-too-long");
        socket(root, "a:b");
        Files.move(socket(root, "wg0"), root.resolve("wg0"));

        assertThat(SocketDirectories.of(root).sockets(reading(""))).isEmpty();
    }

    @Test
    void aDirectoryThatDoesNotExistHasNoDevices() throws IOException {
        SocketDirectories directories = SocketDirectories.of(root.resolve("a"), root.resolve("b"));

        assertThat(directories.sockets(reading(""))).isEmpty();
        assertThatThrownBy(() -> directories.find(reading("wg0")))
                .isInstanceOf(NoSuchDeviceException.class)
                .hasMessageEndingWith(root + "/a/wg0.sock does not exist and " + root + "/b/wg0.sock does not exist");
    }

    @Test
    void aDirectoryByTwoNamesIsOne() throws IOException {
        Path real = Files.createDirectories(root.resolve("run"));
        Path link = Files.createSymbolicLink(root.resolve("var"), real);

        assertThat(SocketDirectories.of(link.resolve("wireguard"), real.resolve("wireguard")))
                .hasToString(link.resolve("wireguard").toString());
    }

    @Test
    void theEarlierDirectoryCounts() throws IOException {
        Path first = Files.createDirectory(root.resolve("a"));
        Path second = Files.createDirectory(root.resolve("b"));
        Path socket = socket(first, "wg0");
        socket(second, "wg0");

        assertThat(SocketDirectories.of(first, second).find(reading("wg0"))).isEqualTo(socket);
        assertThat(SocketDirectories.of(first, second).sockets(reading(""))).containsEntry("wg0", socket);
    }

    @Test
    void onMacOsANameLeadsToAnInterface() throws IOException {
        Path socket = socket(root, "utun3");
        Files.writeString(root.resolve("wg0.name"), "utun3\n");

        assertThat(SocketDirectories.of(root).find(reading("wg0"))).isEqualTo(socket);
    }

    @Test
    void aNameThatLeadsElsewhereIsRefused() throws IOException {
        Files.writeString(root.resolve("wg0.name"), "../../etc/passwd\n");

        assertThatThrownBy(() -> SocketDirectories.of(root).find(reading("wg0")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("wg0.name holds no interface's name");
    }

    private static Path socket(Path directory, String name) throws IOException {
        Path path = directory.resolve(name + ".sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
        }
        return path;
    }

    private static Operation reading(String device) {
        return Operation.begin(ErrorOrigin.of("uapi").device(device), "reading", Duration.ofSeconds(5), () -> false);
    }
}
