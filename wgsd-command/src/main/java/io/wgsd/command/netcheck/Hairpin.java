package io.wgsd.command.netcheck;

import io.wgsd.model.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;

/**
 * Whether the NAT returns what this host sends to its own public address (RFC 4787, section 6), as peers in one network
 * need it that know only their public endpoints.
 *
 * <p>Two sockets send a byte to a host outside, so that the NAT knows both, and then to each other by the public address
 * and the other one's port. That works only where the NAT keeps ports, so nothing that comes back proves nothing.
 */
final class Hairpin {

    private static final String TOPIC = "hairpin";
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int NONCE_BYTES = 16;

    private Hairpin() {}

    static Fact of(InetAddress publicAddress, InetSocketAddress outside) {
        boolean works;
        try {
            works = works(publicAddress, outside);
        } catch (IOException e) {
            return Fact.good(TOPIC, "could not be looked at: " + e.getMessage()).with("works", null);
        }
        String words = works
                ? "the NAT returns what is sent to its own address " + IpAddress.of(publicAddress)
                : "not seen: either the NAT returns nothing to its own network, or it gave the socket another port."
                        + " Where it returns nothing, peers in this network reach each other only by their addresses in"
                        + " it, or by a relay";
        return Fact.good(TOPIC, words).with("works", works ? true : null);
    }

    private static boolean works(InetAddress publicAddress, InetSocketAddress outside) throws IOException {
        try (DatagramChannel receiver = DatagramChannel.open();
                DatagramChannel sender = DatagramChannel.open();
                Selector selector = Selector.open()) {
            receiver.configureBlocking(false);
            receiver.register(selector, SelectionKey.OP_READ);
            InetSocketAddress theirs = outside(receiver, publicAddress, outside);
            InetSocketAddress ours = outside(sender, publicAddress, outside);
            // A NAT that lets in only from where something was sent to lets the other in after this.
            receiver.send(ByteBuffer.wrap(new byte[1]), ours);
            byte[] nonce = new byte[NONCE_BYTES];
            new SecureRandom().nextBytes(nonce);
            sender.send(ByteBuffer.wrap(nonce), theirs);
            return comes(nonce, receiver, selector);
        }
    }

    /** Lets the NAT know a socket. Returns where the socket can be reached then, if the NAT keeps ports. */
    private static InetSocketAddress outside(
            DatagramChannel channel, InetAddress publicAddress, InetSocketAddress outside) throws IOException {
        channel.bind(new InetSocketAddress(0));
        channel.send(ByteBuffer.wrap(new byte[1]), outside);
        return new InetSocketAddress(publicAddress, ((InetSocketAddress) channel.getLocalAddress()).getPort());
    }

    private static boolean comes(byte[] nonce, DatagramChannel receiver, Selector selector) throws IOException {
        long deadline = System.nanoTime() + WAIT.toNanos();
        ByteBuffer buffer = ByteBuffer.allocate(NONCE_BYTES);
        for (long left = WAIT.toMillis();
                left > 0;
                left = Duration.ofNanos(deadline - System.nanoTime()).toMillis()) {
            selector.select(left);
            selector.selectedKeys().clear();
            while (receiver.receive(buffer.clear()) != null) {
                if (Arrays.equals(nonce, Arrays.copyOf(buffer.array(), buffer.position()))) {
                    return true;
                }
            }
        }
        return false;
    }
}
