package io.wgsd.portmap.exchange;

import io.wgsd.model.TimeSource;
import io.wgsd.portmap.Gateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a router one question over UDP. The socket is connected, so that the system drops what does not come from the
 * router's address and port; each question has a socket, and so a source port, of its own.
 */
public final class UdpExchange {

    private static final Logger LOG = LoggerFactory.getLogger(UdpExchange.class);

    /** RFC 6887, section 7: no message is longer. */
    private static final int LONGEST = 1100;

    /** A router that sends more for one question is no use. */
    private static final int MOST_DATAGRAMS = 64;

    /** How long it takes at most until a stop is noticed. */
    private static final long SLICE_MILLIS = 50;

    private final int port;
    private final TimeSource clock;
    private final BooleanSupplier stopped;

    /**
     * Makes an exchange.
     *
     * @param port the router's port
     * @param clock how long is waited
     * @param stopped whether to give up
     */
    public UdpExchange(int port, TimeSource clock, BooleanSupplier stopped) {
        this.port = port;
        this.clock = clock;
        this.stopped = stopped;
    }

    /**
     * Asks, and asks again until there is an answer.
     *
     * @param reader reads it; what it does not take is passed over
     * @return the answer
     * @throws NoAnswerException if there is none
     */
    public <R> R ask(Gateway gateway, byte[] question, Patience patience, ReplyReader<R> reader)
            throws NoAnswerException {
        String where = gateway.address() + ":" + port;
        try (Selector selector = Selector.open();
                DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(gateway.local().toInetAddress(), 0));
            channel.connect(new InetSocketAddress(gateway.address().toInetAddress(), port));
            channel.register(selector, SelectionKey.OP_READ);
            Duration wait = patience.first();
            int most = MOST_DATAGRAMS;
            for (int i = 0; i < patience.attempts(); i++) {
                channel.write(ByteBuffer.wrap(question));
                long end = clock.nanos() + wait.toNanos();
                while (end - clock.nanos() > 0) {
                    if (patience.stoppable() && stopped.getAsBoolean()) {
                        throw new NoAnswerException("is not asked any more");
                    }
                    Optional<byte[]> datagram = receive(channel, selector, end);
                    if (datagram.isEmpty()) {
                        continue;
                    }
                    Optional<R> answer = read(reader, datagram.get(), where);
                    if (answer.isPresent()) {
                        return answer.get();
                    }
                    if (--most == 0) {
                        throw new NoAnswerException("sends much at " + where + ", and none of it is an answer");
                    }
                }
                wait = wait.multipliedBy(2);
            }
            throw new NoAnswerException("does not answer at " + where);
        } catch (PortUnreachableException e) {
            throw new NoAnswerException("has nothing at " + where);
        } catch (NoAnswerException e) {
            throw e;
        } catch (IOException e) {
            throw new NoAnswerException("cannot be asked at " + where + ": " + e.getMessage());
        }
    }

    private Optional<byte[]> receive(DatagramChannel channel, Selector selector, long end) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST + 1);
        if (channel.receive(buffer) == null) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - clock.nanos()) + 1;
            selector.select(Math.max(1, Math.min(left, SLICE_MILLIS)));
            selector.selectedKeys().clear();
            return Optional.empty();
        }
        byte[] datagram = new byte[buffer.flip().remaining()];
        buffer.get(datagram);
        return Optional.of(datagram);
    }

    private static <R> Optional<R> read(ReplyReader<R> reader, byte[] datagram, String where) {
        try {
            return reader.read(datagram);
        } catch (ProtocolException e) {
            LOG.debug("{} sends what makes no sense: {}", where, e.getMessage());
            return Optional.empty();
        }
    }
}
