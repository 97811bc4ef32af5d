package io.wgsd.benchmarks.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A device that always says the same, as wireguard-go would say it of so many peers, but at no cost: what is measured
 * is its reader. Arguments: the number of peers, and the socket.
 */
final class ReplayedDevice {

    /** What is around the peers, as uapi.go of wireguard-go writes it. */
    static final String HEAD =
            "private_key=" + HexFormat.of().formatHex(new byte[PublicKey.LENGTH - 1]) + "40\nlisten_port=51820\n";

    static final String TAIL = "errno=0\n\n";

    private static final int ORDERS = 4;

    private ReplayedDevice() {}

    public static void main(String[] args) throws IOException {
        Path socket = Path.of(args[1]);
        List<String> peers = sections(Peers.of(Integer.parseInt(args[0]), Instant.EPOCH));
        ByteBuffer[] answers = new ByteBuffer[ORDERS];
        for (int i = 0; i < ORDERS; i++) {
            // wireguard-go has its peers in a map, and reports them in another order each time.
            Collections.shuffle(peers, new Random(i));
            byte[] answer = answer(peers).getBytes(US_ASCII);
            answers[i] = ByteBuffer.allocateDirect(answer.length).put(answer).flip();
        }
        Files.deleteIfExists(socket);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            System.out.println("ready");
            for (int i = 0; ; i = (i + 1) % ORDERS) {
                SocketChannel client = server.accept();
                ByteBuffer answer = answers[i].duplicate();
                // A client that is slow, or halted, keeps no other waiting.
                new Thread(() -> answer(client, answer)).start();
            }
        }
    }

    private static void answer(SocketChannel client, ByteBuffer answer) {
        try (client) {
            ByteBuffer request = ByteBuffer.allocate(64);
            String asked = "";
            while (!asked.endsWith("\n\n") && client.read(request.clear()) > 0) {
                asked += new String(request.array(), 0, request.position(), US_ASCII);
            }
            while (answer.hasRemaining()) {
                client.write(answer);
            }
        } catch (IOException e) {
            // A client that went away asks again.
        }
    }

    private static String answer(List<String> peers) {
        return HEAD + String.join("", peers) + TAIL;
    }

    private static List<String> sections(List<Advertisement> peers) {
        Random random = new Random(1);
        List<String> sections = new ArrayList<>();
        peers.forEach(peer -> sections.add(section(peer, random)));
        return sections;
    }

    static String section(Advertisement peer, Random random) {
        StringBuilder text = new StringBuilder("public_key=")
                .append(peer.publicKey().toHex())
                .append("\npreshared_key=")
                .append("0".repeat(2 * PublicKey.LENGTH))
                .append("\nprotocol_version=1\nendpoint=")
                .append(peer.endpoints().get(0))
                .append("\nlast_handshake_time_sec=")
                .append(1_700_000_000 + random.nextInt(1000))
                .append("\nlast_handshake_time_nsec=")
                .append(random.nextInt(1_000_000_000))
                .append("\ntx_bytes=")
                .append(random.nextInt(1_000_000))
                .append("\nrx_bytes=")
                .append(random.nextInt(1_000_000))
                .append("\npersistent_keepalive_interval=0\n");
        peer.allowedIps()
                .forEach(prefix -> text.append("allowed_ip=").append(prefix).append('\n'));
        return text.toString();
    }
}
