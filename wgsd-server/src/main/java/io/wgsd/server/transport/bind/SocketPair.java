package io.wgsd.server.transport.bind;

import io.wgsd.server.transport.EventLoop;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.udp.UdpChannel;
import io.wgsd.server.transport.udp.UdpOptions;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/** A TCP socket, and a UDP socket for each thread, with the same address and port, for one way of arrival. */
public final class SocketPair implements AutoCloseable {

    /** Bursts of queries wait here while the loop serves others; the system may grant less (net.core.rmem_max). */
    private static final int UDP_BUFFER = 4 << 20;

    private static final int TCP_BUFFER = 64 << 10;
    private static final int BACKLOG = 128;
    /** How often another port is tried where any will do, since one that is free for UDP may not be for TCP. */
    private static final int ATTEMPTS = 16;

    private final List<UdpChannel> udp;
    private final ServerSocketChannel tcp;

    private SocketPair(UdpChannel udp, ServerSocketChannel tcp) {
        this.udp = new ArrayList<>(List.of(udp));
        this.tcp = tcp;
    }

    /** What is done with each socket before it is bound. */
    @FunctionalInterface
    interface Preparation {
        void prepare(NetworkChannel socket) throws IOException;
    }

    static SocketPair open(InetSocketAddress address, Preparation preparation, UdpOptions options) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return openOnce(address, preparation, options);
            } catch (IOException e) {
                if (address.getPort() != 0 || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) udp.get(0).channel().getLocalAddress();
    }

    /** Returns the UDP sockets, the first of them bound first. */
    List<UdpChannel> udp() {
        return Collections.unmodifiableList(udp);
    }

    ServerSocketChannel tcp() {
        return tcp;
    }

    /**
     * Says whether other sockets of the same user may be bound to a socket's address and port from now on: Linux asks
     * for the flags as they are when the next one is bound.
     */
    static void setShared(NetworkChannel socket, boolean shared) throws IOException {
        socket.setOption(StandardSocketOptions.SO_REUSEPORT, shared);
    }

    @Override
    public void close() {
        udp.forEach(each -> EventLoop.closeQuietly(each.channel()));
        EventLoop.closeQuietly(tcp);
    }

    /**
     * Binds more UDP sockets beside those that there are, among which Linux shares out the datagrams by their source
     * (SO_REUSEPORT of socket(7)).
     *
     * @param more how many
     * @param preparation as for the first, and it allows to share
     * @param options whether their descriptors are needed
     */
    void openMore(int more, Preparation preparation, UdpOptions options) throws IOException {
        InetSocketAddress address = address();
        for (int i = 0; i < more; i++) {
            udp.add(openUdp(address, preparation, options));
        }
    }

    private static UdpChannel openUdp(InetSocketAddress address, Preparation preparation, UdpOptions options)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open(family(address));
        boolean opened = false;
        try {
            preparation.prepare(channel);
            OptionalInt descriptor = options.descriptor(channel);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, UDP_BUFFER);
            channel.bind(address);
            channel.configureBlocking(false);
            opened = true;
            return new UdpChannel(channel, descriptor);
        } catch (IOException | UnsupportedOperationException e) {
            throw BindErrors.explain(address, Protocol.UDP, e);
        } finally {
            if (!opened) {
                EventLoop.closeQuietly(channel);
            }
        }
    }

    private static SocketPair openOnce(InetSocketAddress address, Preparation preparation, UdpOptions options)
            throws IOException {
        UdpChannel udp = openUdp(address, preparation, options);
        ServerSocketChannel tcp = null;
        boolean opened = false;
        try {
            tcp = ServerSocketChannel.open(family(address));
            preparation.prepare(tcp);
            tcp.setOption(StandardSocketOptions.SO_RCVBUF, TCP_BUFFER);
            tcp.bind(udp.channel().getLocalAddress(), BACKLOG);
            tcp.configureBlocking(false);
            opened = true;
            return new SocketPair(udp, tcp);
        } catch (IOException | UnsupportedOperationException e) {
            throw BindErrors.explain(address, Protocol.TCP, e);
        } finally {
            if (!opened) {
                EventLoop.closeQuietly(udp.channel());
                if (tcp != null) {
                    EventLoop.closeQuietly(tcp);
                }
            }
        }
    }

    private static ProtocolFamily family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
    }
}
