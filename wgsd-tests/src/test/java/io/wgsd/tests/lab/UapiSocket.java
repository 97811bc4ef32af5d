package io.wgsd.tests.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** The socket of a WireGuard in user space, configured without any code of this project. */
public final class UapiSocket {

    private UapiSocket() {}

    /** Configures a device, in the words of WireGuard's cross-platform userspace protocol. */
    public static void set(Path socket, String configuration) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Channels.newOutputStream(channel).write(("set=1\n" + configuration + "\n").getBytes(US_ASCII));
            channel.shutdownOutput();
            String response = new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
            if (!response.equals("errno=0\n\n")) {
                throw new IOException("wireguard-go refused with " + response);
            }
        }
    }
}
