package io.wgsd.relay.transport;

import io.wgsd.relay.forward.Dispatcher;
import io.wgsd.relay.roster.Outlet;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.tally.Tally;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The relay's UDP sockets, each with a thread that receives. Thread-safe. */
public final class Sockets implements Outlet, AutoCloseable {

    /** What comes while the receiving thread is kept waiting; the system may give less. */
    private static final int BUFFER = 4 << 20;

    private final List<DatagramChannel> channels = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Tally tally;
    private final Consumer<Throwable> failed;

    /**
     * Opens sockets, from which nothing is received yet.
     *
     * @param listen the addresses to listen at
     * @param tally where packets are counted
     * @param failed is called where a thread ends by an error
     * @throws IOException if an address cannot be bound; in one line
     */
    public Sockets(List<InetSocketAddress> listen, Tally tally, Consumer<Throwable> failed) throws IOException {
        this.tally = tally;
        this.failed = failed;
        try {
            for (InetSocketAddress address : listen) {
                DatagramChannel channel = DatagramChannel.open();
                channels.add(channel);
                addresses.add(bind(channel, address));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts to receive.
     *
     * @param threadFactory makes a thread for each socket
     * @param dispatcher makes who judges packets, one for each thread
     * @param inlet takes what has to be looked at
     * @param ticks tells the time
     */
    public void start(ThreadFactory threadFactory, Supplier<Dispatcher> dispatcher, Inlet inlet, LongSupplier ticks) {
        for (int i = 0; i < channels.size(); i++) {
            Thread thread = threadFactory.newThread(new Receiver(this, i, dispatcher.get(), inlet, tally, ticks));
            if (thread == null) {
                throw new IllegalStateException("the thread factory makes no thread");
            }
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /**
     * Returns where the sockets are bound.
     *
     * @return the addresses and ports, in the order in which they were asked for
     */
    public List<InetSocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    @Override
    public void send(byte[] message, Source to) {
        if (!send(ByteBuffer.wrap(message), to)) {
            tally.count(Outcome.SEND_FAILED);
        }
    }

    /** Sends what remains in a buffer, and returns whether the system took it: a full buffer or no route concerns this packet alone. */
    boolean send(ByteBuffer message, Source to) {
        try {
            return to.socket() < channels.size() && channels.get(to.socket()).send(message, to.address()) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    DatagramChannel channel(int number) {
        return channels.get(number);
    }

    void failed(Throwable error) {
        failed.accept(error);
    }

    /** Closes the sockets, and waits for the threads to end. */
    @Override
    public void close() {
        for (DatagramChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                // It is as good as closed.
            }
        }
        threads.forEach(Threads::join);
    }

    private static InetSocketAddress bind(DatagramChannel channel, InetSocketAddress address) throws IOException {
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
            channel.bind(address);
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen at " + address.getAddress().getHostAddress() + " port " + address.getPort() + ": "
                            + e.getMessage() + "; choose another address or port, or end what is there",
                    e);
        }
    }
}
