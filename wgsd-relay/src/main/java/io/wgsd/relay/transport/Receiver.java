package io.wgsd.relay.transport;

import io.wgsd.relay.forward.Dispatcher;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.tally.Tally;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Receives at one socket, one packet after the other, and sends on what needs no further look, out of the same buffer. */
final class Receiver implements Runnable {

    /** The greatest datagram that IP can carry. */
    private static final int MOST = 65_535;

    private final Sockets sockets;
    private final int number;
    private final Dispatcher dispatcher;
    private final Inlet inlet;
    private final Tally tally;
    private final LongSupplier ticks;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(MOST).order(ByteOrder.LITTLE_ENDIAN);
    /** Of the packet before: a flow's packets come one behind the other, and the runtime then gives the same object. */
    private @Nullable InetSocketAddress lastAddress;

    private @Nullable Source lastSource;

    Receiver(Sockets sockets, int number, Dispatcher dispatcher, Inlet inlet, Tally tally, LongSupplier ticks) {
        this.sockets = sockets;
        this.number = number;
        this.dispatcher = dispatcher;
        this.inlet = inlet;
        this.tally = tally;
        this.ticks = ticks;
    }

    @Override
    public void run() {
        try {
            while (true) {
                packet.clear();
                InetSocketAddress from =
                        (InetSocketAddress) sockets.channel(number).receive(packet);
                if (from != null) {
                    packet.flip();
                    judge(source(from));
                }
            }
        } catch (ClosedChannelException e) {
            // The relay was closed.
        } catch (IOException e) {
            sockets.failed(e);
        } catch (RuntimeException | Error e) {
            sockets.failed(e);
        }
    }

    private void judge(Source from) {
        int length = packet.limit();
        boolean words = length >= 2 * Integer.BYTES;
        switch (dispatcher.judge(
                words ? packet.getInt(0) : 0,
                words ? packet.getInt(Integer.BYTES) : 0,
                length,
                from.high(),
                from.low(),
                from.rest(),
                ticks.getAsLong())) {
            case FORWARD -> {
                if (!sockets.send(packet, dispatcher.target())) {
                    tally.count(Outcome.SEND_FAILED);
                }
            }
            case MEMBER -> inlet.take(copy(length), from, true);
            case STRANGER -> inlet.take(copy(length), from, false);
            case DROP -> {}
        }
    }

    private byte[] copy(int length) {
        byte[] copy = new byte[length];
        packet.get(0, copy);
        return copy;
    }

    private Source source(InetSocketAddress from) {
        Source last = lastSource;
        if (last != null && from == lastAddress) {
            return last;
        }
        lastAddress = from;
        lastSource = Source.of(from, number);
        return lastSource;
    }
}
