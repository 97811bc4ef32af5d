package io.wgsd.relay.transport;

import io.wgsd.relay.forward.Dispatcher;
import io.wgsd.relay.roster.Outlet;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.tally.Tally;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The relay's UDP sockets, each with a thread that receives. Thread-safe. */
public final class Sockets implements Outlet, AutoCloseable {

    /** Room for what comes while the receiving thread is kept waiting; the system may give less. */
    static final int BUFFER = 4 << 20;

    private final List<Port> ports = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Tally tally;
    private final Consumer<Throwable> failed;

    /**
     * Opens sockets, from which nothing is received yet.
     *
     * @param listen the addresses to listen at
     * @param batched whether many packets go into one system call where that can be
     * @param tally where packets are counted
     * @param ticks tells the time
     * @param failed is called where a thread ends by an error
     * @throws IOException if an address cannot be bound; in one line
     */
    public Sockets(
            List<InetSocketAddress> listen,
            boolean batched,
            Tally tally,
            LongSupplier ticks,
            Consumer<Throwable> failed)
            throws IOException {
        this.tally = tally;
        this.failed = failed;
        boolean native64 = batched && BatchedPort.possible();
        try {
            for (InetSocketAddress address : listen) {
                int number = ports.size();
                ports.add(
                        native64
                                ? BatchedPort.open(address, number, this, tally, ticks)
                                : ChannelPort.open(address, number, this, tally, ticks));
            }
        } catch (IOException e) {
            InetSocketAddress address = listen.get(ports.size());
            ports.forEach(Port::abandon);
            throw new IOException(
                    "cannot listen at " + address.getAddress().getHostAddress() + " port " + address.getPort() + ": "
                            + e.getMessage() + "; choose another address or port, or end what is there",
                    e);
        }
    }

    /**
     * Starts to receive.
     *
     * @param threadFactory makes a thread for each socket
     * @param dispatcher makes who judges packets, one for each thread
     * @param inlet takes what has to be looked at
     */
    public void start(ThreadFactory threadFactory, Supplier<Dispatcher> dispatcher, Inlet inlet) {
        List<Thread> made = new ArrayList<>();
        for (Port port : ports) {
            Dispatcher judge = dispatcher.get();
            Thread thread = threadFactory.newThread(() -> receive(port, judge, inlet));
            if (thread == null) {
                throw new IllegalStateException("the thread factory makes no thread");
            }
            made.add(thread);
        }
        threads.addAll(made);
        threads.forEach(Thread::start);
    }

    /**
     * Returns where the sockets are bound.
     *
     * @return the addresses and ports, in the order in which they were asked for
     */
    public List<InetSocketAddress> addresses() {
        return ports.stream().map(Port::address).toList();
    }

    @Override
    public void send(byte[] message, Source to) {
        if (to.socket() >= ports.size() || !ports.get(to.socket()).send(message, to)) {
            tally.count(Outcome.SEND_FAILED);
        }
    }

    /** Closes the sockets, and waits for the threads to end. */
    @Override
    public void close() {
        ports.forEach(threads.isEmpty() ? Port::abandon : Port::close);
        threads.forEach(Threads::join);
    }

    private void receive(Port port, Dispatcher dispatcher, Inlet inlet) {
        try {
            port.receive(dispatcher, inlet);
        } catch (IOException | RuntimeException | Error e) {
            failed.accept(e);
        }
    }
}
