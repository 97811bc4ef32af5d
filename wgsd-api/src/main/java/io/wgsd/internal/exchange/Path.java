package io.wgsd.internal.exchange;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From where to where questions go; a source of the other family than the server's is left out. */
record Path(InetSocketAddress server, @Nullable InetAddress source) {

    Path {
        source = source != null && source.getClass() == server.getAddress().getClass() ? source : null;
    }

    // Written out, since what Java makes of itself takes long to prepare, and a pass may be over before it pays.
    @Override
    public boolean equals(Object other) {
        return other instanceof Path that && server.equals(that.server) && Objects.equals(source, that.source);
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
                Failures.closeQuietly(channel);
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
