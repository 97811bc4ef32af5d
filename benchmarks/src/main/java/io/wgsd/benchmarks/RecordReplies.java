package io.wgsd.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wgsd.backend.netlink.codec.Families;
import io.wgsd.backend.netlink.codec.Messages;
import io.wgsd.backend.netlink.codec.Requests;
import io.wgsd.backend.netlink.transport.LinuxNetlinkSockets;
import io.wgsd.backend.netlink.transport.NetlinkSocket;
import io.wgsd.backend.netlink.transport.NetlinkSockets;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.Operation;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;

/**
 * Fills a device, and writes down what it answers when it is read: {@code RecordReplies netlink|uapi DEVICE=PEERS
 * FILE}.
 */
public final class RecordReplies {

    private static final Operation PATIENT =
            Operation.begin(ErrorOrigin.of("recorder"), "recording", Duration.ofMinutes(5), () -> false);

    private RecordReplies() {}

    public static void main(String... arguments) throws IOException {
        String[] device = arguments[1].split("=", 2);
        try (PeerSource source = PeerSources.open(arguments[0], PeerSourceOptions.defaults())) {
            new BenchDevice(device[0], Integer.parseInt(device[1])).fill(source);
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(arguments[2])))) {
            if (arguments[0].equals("uapi")) {
                uapi(Path.of("/var/run/wireguard", device[0] + ".sock"), out);
            } else {
                netlink(device[0], out);
            }
        }
    }

    private static void uapi(Path path, OutputStream out) throws IOException {
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            Channels.newOutputStream(socket).write("get=1\n\n".getBytes(US_ASCII));
            socket.shutdownOutput();
            Channels.newInputStream(socket).transferTo(out);
        }
    }

    private static void netlink(String device, OutputStream out) throws IOException {
        try (NetlinkSocket socket = new LinuxNetlinkSockets().open(NetlinkSockets.GENERIC)) {
            Families.find(socket.request(), 1);
            socket.send();
            Messages found = new Messages(socket.receive(PATIENT));
            found.next();
            OptionalInt family = Families.wireGuardId(found.type(), found.payload());
            // The acknowledgement.
            socket.receive(PATIENT);
            Requests.getDevice(socket.request(), family.orElseThrow(), 2, device);
            socket.send();
            while (!copy(socket.receive(PATIENT), out)) {
                // The next datagram.
            }
        }
    }

    /** Returns whether the datagram ends the dump. */
    private static boolean copy(ByteBuffer datagram, OutputStream out) throws IOException {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(datagram.position(), bytes);
        out.write(bytes);
        Messages messages = new Messages(datagram);
        boolean end = false;
        while (messages.next()) {
            end |= messages.isEnd();
        }
        return end;
    }
}
