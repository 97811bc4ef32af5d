package io.wgsd.tests.embedding;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Scanner;

/** A socket that answers like a userspace WireGuard, {@code get=1} and nothing else. */
public final class UserspaceDevice implements AutoCloseable {

    private final ServerSocketChannel server;
    private final String answer;

    private UserspaceDevice(ServerSocketChannel server, String answer) {
        this.server = server;
        this.answer = answer;
    }

    /** Listens at a path, and tells this of the device. */
    public static UserspaceDevice listen(Path socket, String configuration) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        UserspaceDevice device = new UserspaceDevice(server, configuration + "errno=0\n\n");
        Thread thread = new Thread(device::serve, "userspace device");
        thread.setDaemon(true);
        thread.start();
        return device;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept();
                    Scanner requests = new Scanner(client, US_ASCII).useDelimiter("\n\n")) {
                if (requests.hasNext()) {
                    String text = requests.next().equals("get=1") ? answer : "errno=22\n\n";
                    Channels.newOutputStream(client).write(text.getBytes(US_ASCII));
                }
            } catch (IOException e) {
                // That client has gone, or the device is closed.
            }
        }
    }
}
