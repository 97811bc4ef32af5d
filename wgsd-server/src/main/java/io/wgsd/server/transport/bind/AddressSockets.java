package io.wgsd.server.transport.bind;

import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.udp.UdpChannel;
import io.wgsd.server.transport.udp.UdpOptions;
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
 * interface fits (compute_score in net/ipv4/udp.c and net/ipv4/inet_hashtables.c).
 *
 * <p>Among UDP sockets of one way of arrival that stay open to others of the same user, the kernel distributes
 * datagrams. It takes the first such group that it finds, even if another would fit better (udp4_lib_lookup2 there,
 * udp6_lib_lookup2 in net/ipv6/udp.c), so the pair without an interface beside others is no such group. What keeps
 * other name servers out is the TCP socket, which each needs as well; a second registry is refused, since its first
 * socket is to be alone. Not thread-safe.
 */
final class AddressSockets implements AutoCloseable {

    private InetSocketAddress address;
    private final String device;
    private final @Nullable InterfaceBinder binder;
    private final UdpOptions options;
    private final BiConsumer<SocketPair, Arrival> server;
    private final Map<Arrival, SocketPair> pairs = new EnumMap<>(Arrival.class);
    /**
     * An interface that comes back after it was deleted has another index, and a socket that was bound to it is deaf.
     */
    private OptionalInt deviceIndex = OptionalInt.empty();
    /** Of a link-local address, how all arrives. */
    private Arrival onLink = Arrival.ELSEWHERE;

    private AddressSockets(
            InetSocketAddress address,
            String device,
            @Nullable InterfaceBinder binder,
            UdpOptions options,
            BiConsumer<SocketPair, Arrival> server) {
        this.address = address;
        this.device = device;
        this.binder = binder;
        this.options = options;
        this.server = server;
    }

    /**
     * Binds the sockets of an address, except for those of the device, which {@link #follow} binds.
     *
     * @param address where; port 0 takes any
     * @param device the WireGuard device's name
     * @param binder narrows sockets; null where this system cannot
     * @param options how many UDP sockets there are for each way, and of what kind
     * @param server has a pair served
     * @throws IOException if it cannot be bound; the message says what to do
     */
    static AddressSockets open(
            InetSocketAddress address,
            String device,
            @Nullable InterfaceBinder binder,
            UdpOptions options,
            BiConsumer<SocketPair, Arrival> server)
            throws IOException {
        SocketPair first = SocketPair.open(address, socket -> {}, options);
        AddressSockets sockets = new AddressSockets(first.address(), device, binder, options, server);
        Arrival arrival = binder == null ? Arrival.UNKNOWN : Arrival.ELSEWHERE;
        sockets.pairs.put(arrival, first);
        boolean opened = false;
        try {
            if (binder == null) {
                sockets.openMore(first, socket -> SocketPair.setShared(socket, true));
            } else {
                sockets.openBeside(Arrival.LOOPBACK, ArrivalCheck.LOOPBACK, binder);
            }
            opened = true;
        } finally {
            if (!opened) {
                sockets.close();
            }
        }
        server.accept(first, arrival);
        return sockets;
    }

    /**
     * Binds the sockets of a link-local address: one pair, since the address binds it to its link anyway.
     *
     * @param address where, with the index of its link
     * @param deviceIndex the device's index
     * @param device the WireGuard device's name
     * @param options how many UDP sockets there are, and of what kind
     * @param server has a pair served
     * @throws IOException if it cannot be bound; the message says what to do
     */
    static AddressSockets openOnLink(
            InetSocketAddress address,
            OptionalInt deviceIndex,
            String device,
            UdpOptions options,
            BiConsumer<SocketPair, Arrival> server)
            throws IOException {
        boolean ofDevice = deviceIndex.equals(OptionalInt.of(LinkLocal.index(address)));
        AddressSockets sockets = new AddressSockets(address, device, null, options, server);
        sockets.onLink = ofDevice ? Arrival.DEVICE : Arrival.ELSEWHERE;
        sockets.openOnLink();
        sockets.deviceIndex = deviceIndex;
        return sockets;
    }

    private void openOnLink() throws IOException {
        SocketPair pair = SocketPair.open(address, socket -> {}, options);
        pairs.put(onLink, pair);
        boolean opened = false;
        try {
            address = LinkLocal.on(
                    new InetSocketAddress(address.getAddress(), pair.address().getPort()), LinkLocal.index(address));
            openMore(pair, socket -> SocketPair.setShared(socket, true));
            server.accept(pair, onLink);
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    /** The address stays, and its link has another index. */
    private void followOnLink(OptionalInt index) throws IOException {
        if (onLink != Arrival.DEVICE || index.isEmpty() || index.equals(deviceIndex)) {
            return;
        }
        close();
        deviceIndex = OptionalInt.empty();
        address = LinkLocal.on(address, index.getAsInt());
        openOnLink();
        deviceIndex = index;
    }

    InetSocketAddress address() {
        return address;
    }

    /**
     * Binds the sockets of the device, or binds them again if it is no longer the same one.
     *
     * @param index the device's index now; empty while it does not exist, when the sockets stay as they are
     * @throws IOException if they cannot be bound; then the next call tries again
     */
    void follow(OptionalInt index) throws IOException {
        if (LinkLocal.is(address)) {
            followOnLink(index);
            return;
        }
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
        SocketPair.Preparation preparation = socket -> {
            narrowing.bind(socket, link);
            SocketPair.setShared(socket, true);
        };
        setShared(true);
        try {
            SocketPair pair = SocketPair.open(address, preparation, options);
            pairs.put(arrival, pair);
            openMore(pair, preparation);
            server.accept(pair, arrival);
        } finally {
            setShared(false);
        }
    }

    /** Binds a socket for each thread but the first, which has one. */
    private void openMore(SocketPair pair, SocketPair.Preparation preparation) throws IOException {
        if (options.threads() > 1) {
            setShared(true);
            try {
                pair.openMore(options.threads() - 1, preparation, options);
            } finally {
                setShared(false);
            }
        }
    }

    /** Lets others in, or not, except for the groups among which datagrams are distributed. */
    private void setShared(boolean shared) throws IOException {
        for (SocketPair pair : pairs.values()) {
            for (UdpChannel udp : pair.udp()) {
                SocketPair.setShared(udp.channel(), shared || pair.udp().size() > 1);
            }
            SocketPair.setShared(pair.tcp(), shared);
        }
    }
}
