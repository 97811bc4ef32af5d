package io.wgsd.benchmarks.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A device that answers as wireguard-go would, at next to no cost, and whose peers can be changed meanwhile.
 * Thread-safe.
 */
final class ChangingDevice {

    private final Random random = new Random(1);
    private final Map<PublicKey, byte[]> sections = new LinkedHashMap<>();
    private List<PublicKey> order = List.of();

    ChangingDevice(List<Advertisement> peers) {
        add(peers);
    }

    synchronized void add(List<Advertisement> peers) {
        peers.forEach(this::put);
        shuffle();
    }

    synchronized void remove(List<Advertisement> peers) {
        peers.forEach(peer -> sections.remove(peer.publicKey()));
        shuffle();
    }

    /** Has a peer be elsewhere, with a handshake and more bytes than before. */
    synchronized void move(Advertisement peer, Endpoint endpoint) {
        put(Advertisement.builder(peer.publicKey())
                .endpoint(endpoint)
                .allowedIps(peer.allowedIps())
                .build());
    }

    void serve(Path socket) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(() -> serve(server), "device");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(ServerSocketChannel server) {
        while (true) {
            try (SocketChannel client = server.accept()) {
                ByteBuffer request = ByteBuffer.allocate(64);
                String asked = "";
                while (!asked.endsWith("\n\n") && client.read(request.clear()) > 0) {
                    asked += new String(request.array(), 0, request.position(), US_ASCII);
                }
                ByteBuffer answer = answer();
                while (answer.hasRemaining()) {
                    client.write(answer);
                }
            } catch (IOException e) {
                // Who went away asks again.
            }
        }
    }

    private synchronized ByteBuffer answer() {
        byte[] head = ReplayedDevice.HEAD.getBytes(US_ASCII);
        byte[] tail = ReplayedDevice.TAIL.getBytes(US_ASCII);
        int length =
                sections.values().stream().mapToInt(section -> section.length).sum();
        ByteBuffer answer =
                ByteBuffer.allocate(head.length + length + tail.length).put(head);
        order.forEach(key -> answer.put(sections.get(key)));
        return answer.put(tail).flip();
    }

    private void put(Advertisement peer) {
        sections.put(peer.publicKey(), ReplayedDevice.section(peer, random).getBytes(US_ASCII));
    }

    /** wireguard-go has its peers in a map, and reports them in no order. */
    private void shuffle() {
        order = new ArrayList<>(sections.keySet());
        Collections.shuffle(order, random);
    }
}
