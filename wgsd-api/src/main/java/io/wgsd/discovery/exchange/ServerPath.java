package io.wgsd.discovery.exchange;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The path from this host to a server. A source address of another family than the server's is left out, and a
 * link-local server is taken to be on the source's link.
 */
public record ServerPath(InetSocketAddress server, @Nullable InetAddress source) {

    /** Makes a path. */
    public ServerPath {
        source = source != null && source.getClass() == server.getAddress().getClass() ? source : null;
        server = onLinkOf(server, source);
    }

    // Written out, since the methods that Java generates take long to prepare, and a pass may end before that pays.
    @Override
    public boolean equals(Object other) {
        return other instanceof ServerPath that && server.equals(that.server) && Objects.equals(source, that.source);
    }

    @Override
    public int hashCode() {
        return 31 * server.hashCode() + Objects.hashCode(source);
    }

    /** Opens a socket that hears this server only, from a port that the system chooses at random. */
    DatagramChannel openUdp() throws IOException {
        return open(() -> DatagramChannel.open(family()), channel -> channel.connect(server));
    }

    /** Opens a socket and begins to connect it. */
    SocketChannel openTcp() throws IOException {
        return open(() -> SocketChannel.open(family()), channel -> channel.connect(server));
    }

    /** An interface that was made again has another index than the one in the server's address. */
    private static InetSocketAddress onLinkOf(InetSocketAddress server, @Nullable InetAddress source) {
        if (!(source instanceof Inet6Address here)
                || here.getScopeId() == 0
                || !(server.getAddress() instanceof Inet6Address there)
                || !there.isLinkLocalAddress()
                || there.getScopeId() == here.getScopeId()) {
            return server;
        }
        try {
            return new InetSocketAddress(
                    Inet6Address.getByAddress(null, there.getAddress(), here.getScopeId()), server.getPort());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are always an address", e);
        }
    }

    private ProtocolFamily family() {
        return server.getAddress() instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    private <C extends SelectableChannel & NetworkChannel> C open(Opener<C> opener, Connector<C> connector)
            throws IOException {
        C channel = null;
        try {
            channel = opener.open();
            channel.configureBlocking(false);
            if (source != null) {
                channel.bind(new InetSocketAddress(source, 0));
            }
            connector.connect(channel);
            return channel;
        } catch (IOException | UnsupportedOperationException e) {
            if (channel != null) {
                SocketErrors.closeQuietly(channel);
            }
            throw e instanceof IOException io ? io : new IOException("this host has no " + family(), e);
        }
    }

    private interface Opener<C> {
        C open() throws IOException;
    }

    private interface Connector<C> {
        void connect(C channel) throws IOException;
    }
}
