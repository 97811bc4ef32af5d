package io.wgsd.server.transport;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;

/** A UDP and a TCP socket with the same address and port, for one way of arrival. */
final class SocketPair implements AutoCloseable {

    /** Bursts of queries wait here while the loop serves others; the system may grant less (net.core.rmem_max). */
    private static final int UDP_BUFFER = 4 << 20;

    private static final int TCP_BUFFER = 64 << 10;
    private static final int BACKLOG = 128;
    /** How often another port is tried where any will do, since one that is free for UDP may not be for TCP. */
    private static final int ATTEMPTS = 16;

    private final DatagramChannel udp;
    private final ServerSocketChannel tcp;

    private SocketPair(DatagramChannel udp, ServerSocketChannel tcp) {
        this.udp = udp;
        this.tcp = tcp;
    }

    /** What is done with each socket before it is bound. */
    @FunctionalInterface
    interface Preparation {
        void prepare(NetworkChannel socket) throws IOException;
    }

    static SocketPair open(InetSocketAddress address, Preparation preparation) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return openOnce(address, preparation);
            } catch (IOException e) {
                if (address.getPort() != 0 || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) udp.getLocalAddress();
    }

    DatagramChannel udp() {
        return udp;
    }

    ServerSocketChannel tcp() {
        return tcp;
    }

    /**
     * Says whether other sockets of the same user may be bound to a socket's address and port from now on: Linux asks for
     * the flags as they are when the next one is bound.
     */
    static void setShared(NetworkChannel socket, boolean shared) throws IOException {
        socket.setOption(StandardSocketOptions.SO_REUSEPORT, shared);
    }

    @Override
    public void close() {
        EventLoop.closeQuietly(udp);
        EventLoop.closeQuietly(tcp);
    }

    private static SocketPair openOnce(InetSocketAddress address, Preparation preparation) throws IOException {
        Protocol protocol = Protocol.UDP;
        DatagramChannel udp = null;
        ServerSocketChannel tcp = null;
        try {
            udp = DatagramChannel.open(family(address));
            preparation.prepare(udp);
            udp.setOption(StandardSocketOptions.SO_RCVBUF, UDP_BUFFER);
            udp.bind(address);
            udp.configureBlocking(false);
            protocol = Protocol.TCP;
            tcp = ServerSocketChannel.open(family(address));
            preparation.prepare(tcp);
            tcp.setOption(StandardSocketOptions.SO_RCVBUF, TCP_BUFFER);
            tcp.bind(udp.getLocalAddress(), BACKLOG);
            tcp.configureBlocking(false);
            SocketPair pair = new SocketPair(udp, tcp);
            udp = null;
            tcp = null;
            return pair;
        } catch (IOException | UnsupportedOperationException e) {
            throw BindErrors.explain(address, protocol, e);
        } finally {
            if (udp != null) {
                EventLoop.closeQuietly(udp);
            }
            if (tcp != null) {
                EventLoop.closeQuietly(tcp);
            }
        }
    }

    private static ProtocolFamily family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
    }
}
