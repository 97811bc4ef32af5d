package io.wgsd.tests.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends numbered packets through the tunnel, a thousand a second, until its standard input ends, and prints how many
 * different ones came from the other side until a second after that.
 */
final class PacketFlow implements AutoCloseable {

    private static final int PORT = 7777;
    private static final long PERIOD_NANOS = 1_000_000;
    private static final int HELLO = -1;
    private static final long HELLO_NANOS = 50_000_000;
    private static final int SIZE = 200;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final Duration TAIL = Duration.ofSeconds(1);

    private final DatagramChannel channel;
    private final InetSocketAddress to;
    private final BitSet received = new BitSet();
    private volatile boolean heard;
    private volatile boolean over;
    private int sent;

    private PacketFlow(String from, String to) throws IOException {
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        channel.bind(new InetSocketAddress(from, PORT));
        this.to = new InetSocketAddress(to, PORT);
    }

    /** Takes this side's address in the tunnel, and the other's. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (PacketFlow flow = new PacketFlow(arguments[0], arguments[1])) {
            Thread receiver = new Thread(flow::receive);
            Thread sender = new Thread(flow::send);
            receiver.start();
            sender.start();
            System.out.println("ready");
            while (System.in.read() >= 0) {
                // Only the end counts.
            }
            flow.over = true;
            sender.join();
            Thread.sleep(TAIL.toMillis());
            flow.close();
            receiver.join();
            System.out.println("sent " + flow.sent + ", received " + flow.received.cardinality() + ".");
        }
    }

    private void send() {
        try {
            // Nothing counts before the other side is there.
            while (!heard && !over) {
                channel.send(ByteBuffer.allocate(SIZE).putInt(0, HELLO), to);
                LockSupport.parkNanos(HELLO_NANOS);
            }
            channel.send(ByteBuffer.allocate(SIZE).putInt(0, HELLO), to);
            long begun = System.nanoTime();
            while (!over) {
                for (long due = (System.nanoTime() - begun) / PERIOD_NANOS; sent < due; sent++) {
                    channel.send(ByteBuffer.allocate(SIZE).putInt(0, sent), to);
                }
                LockSupport.parkNanos(PERIOD_NANOS / 2);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receive() {
        ByteBuffer packet = ByteBuffer.allocate(SIZE);
        try {
            while (channel.receive(packet.clear()) != null) {
                heard = true;
                if (packet.getInt(0) != HELLO) {
                    received.set(packet.getInt(0));
                }
            }
        } catch (ClosedChannelException e) {
            // All that was to be counted has been.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
