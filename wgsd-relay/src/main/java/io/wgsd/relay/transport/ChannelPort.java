package io.wgsd.relay.transport;

import io.wgsd.relay.forward.Dispatcher;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.tally.Tally;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A socket by the Java runtime's own means: one packet after the other, sent on out of the buffer in which it came. */
final class ChannelPort implements Port {

    /** The greatest datagram that IP can carry. */
    private static final int MOST = 65_535;

    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final int number;
    private final Sockets sockets;
    private final Tally tally;
    private final LongSupplier ticks;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(MOST).order(ByteOrder.LITTLE_ENDIAN);
    /** Of the packet before: a flow's packets come one behind the other, and the runtime then gives the same object. */
    private @Nullable InetSocketAddress lastAddress;

    private @Nullable Source lastSource;

    private ChannelPort(DatagramChannel channel, int number, Sockets sockets, Tally tally, LongSupplier ticks)
            throws IOException {
        this.channel = channel;
        this.number = number;
        this.sockets = sockets;
        this.tally = tally;
        this.ticks = ticks;
        address = (InetSocketAddress) channel.getLocalAddress();
    }

    static Port open(InetSocketAddress address, int number, Sockets sockets, Tally tally, LongSupplier ticks)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, Sockets.BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, Sockets.BUFFER);
            channel.bind(address);
            return new ChannelPort(channel, number, sockets, tally, ticks);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void receive(Dispatcher dispatcher, Inlet inlet) throws IOException {
        try {
            while (true) {
                packet.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(packet);
                if (from != null) {
                    packet.flip();
                    judge(source(from), dispatcher, inlet);
                }
            }
        } catch (ClosedChannelException e) {
            // The relay was closed.
        }
    }

    private void judge(Source from, Dispatcher dispatcher, Inlet inlet) {
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
            case FORWARD -> forward(dispatcher.target());
            case MEMBER -> inlet.take(copy(length), from, true);
            case STRANGER -> inlet.take(copy(length), from, false);
            case DROP -> {}
        }
    }

    private void forward(Source to) {
        if (to.socket() != number) {
            sockets.send(copy(packet.limit()), to);
        } else if (!send(packet, to)) {
            tally.count(Outcome.SEND_FAILED);
        }
    }

    @Override
    public boolean send(byte[] message, Source to) {
        return send(ByteBuffer.wrap(message), to);
    }

    private boolean send(ByteBuffer message, Source to) {
        try {
            return channel.send(message, to.address()) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is as good as closed.
        }
    }

    @Override
    public void abandon() {
        close();
    }

    private byte[] copy(int length) {
        byte[] copy = new byte[length];
        packet.get(0, copy);
        return copy;
    }

    private Source source(InetSocketAddress from) {
        Source last = lastSource;
        if (last != null && from.equals(lastAddress)) {
            return last;
        }
        lastAddress = from;
        lastSource = Source.of(from, number);
        return lastSource;
    }
}
