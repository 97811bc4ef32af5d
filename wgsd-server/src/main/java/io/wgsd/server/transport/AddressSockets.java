package io.wgsd.server.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one address and port: a pair for each way in which messages arrive.
 *
 * <p>The pair without an interface is bound first and alone, so that a port that somebody else has is refused; then the
 * others beside it, and then the door is shut again for sockets of other programs. The kernel prefers the pair whose
 * interface fits (compute_score in net/ipv4/udp.c and net/ipv4/inet_hashtables.c). Not thread-safe.
 */
final class AddressSockets implements AutoCloseable {

    private final InetSocketAddress address;
    private final String device;
    private final @Nullable InterfaceBinder binder;
    private final BiConsumer<SocketPair, Arrival> server;
    private final Map<Arrival, SocketPair> pairs = new EnumMap<>(Arrival.class);
    /** An interface that comes back after it was deleted has another index, and a socket that was bound to it is deaf. */
    private OptionalInt deviceIndex = OptionalInt.empty();

    private AddressSockets(
            InetSocketAddress address,
            String device,
            @Nullable InterfaceBinder binder,
            BiConsumer<SocketPair, Arrival> server) {
        this.address = address;
        this.device = device;
        this.binder = binder;
        this.server = server;
    }

    /**
     * Binds the sockets of an address, but for those of the device, which {@link #follow} binds.
     *
     * @param address where; port 0 takes any
     * @param device the WireGuard device's name
     * @param binder narrows sockets; null where this system cannot
     * @param server has a pair served
     * @throws IOException if it cannot be bound; the message says what to do
     */
    static AddressSockets open(
            InetSocketAddress address,
            String device,
            @Nullable InterfaceBinder binder,
            BiConsumer<SocketPair, Arrival> server)
            throws IOException {
        SocketPair first = SocketPair.open(address, socket -> {});
        AddressSockets sockets = new AddressSockets(first.address(), device, binder, server);
        if (binder == null) {
            sockets.keep(first, Arrival.UNKNOWN);
            return sockets;
        }
        sockets.pairs.put(Arrival.ELSEWHERE, first);
        try {
            sockets.openBeside(Arrival.LOOPBACK, ArrivalCheck.LOOPBACK, binder);
        } catch (IOException e) {
            sockets.close();
            throw e;
        }
        server.accept(first, Arrival.ELSEWHERE);
        return sockets;
    }

    InetSocketAddress address() {
        return address;
    }

    /**
     * Binds the sockets of the device, or binds them anew if it is not the same one any more.
     *
     * @param index the device's index now; empty while it does not exist, when the sockets stay as they are
     * @throws IOException if they cannot be bound; then the next call tries again
     */
    void follow(OptionalInt index) throws IOException {
        if (binder == null || index.isEmpty() || index.equals(deviceIndex)) {
            return;
        }
        SocketPair deaf = pairs.remove(Arrival.DEVICE);
        if (deaf != null) {
            deaf.close();
        }
        deviceIndex = OptionalInt.empty();
        openBeside(Arrival.DEVICE, device, binder);
        deviceIndex = index;
    }

    @Override
    public void close() {
        pairs.values().forEach(SocketPair::close);
        pairs.clear();
    }

    private void openBeside(Arrival arrival, String link, InterfaceBinder narrowing) throws IOException {
        setShared(true);
        try {
            keep(
                    SocketPair.open(address, socket -> {
                        narrowing.bind(socket, link);
                        SocketPair.setShared(socket, true);
                    }),
                    arrival);
        } finally {
            setShared(false);
        }
    }

    private void keep(SocketPair pair, Arrival arrival) {
        pairs.put(arrival, pair);
        server.accept(pair, arrival);
    }

    private void setShared(boolean shared) throws IOException {
        for (SocketPair pair : pairs.values()) {
            SocketPair.setShared(pair.udp(), shared);
            SocketPair.setShared(pair.tcp(), shared);
        }
    }
}
