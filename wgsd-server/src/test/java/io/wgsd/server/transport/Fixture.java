package io.wgsd.server.transport;

import io.wgsd.server.transport.bind.ArrivalCheck;
import io.wgsd.server.transport.bind.Links;
import io.wgsd.server.transport.bind.ListenPlan;
import io.wgsd.server.transport.bind.Listening;
import io.wgsd.server.transport.tcp.TcpLimits;
import io.wgsd.server.transport.udp.UdpOptions;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sockets on this host's loopback, and clients of them. */
public final class Fixture implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(10);
    public static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    public static final Links NO_LINKS = List::of;
    public static final ArrivalCheck UNCHECKED = ArrivalCheck.without("a test");
    public static final UdpOptions ONE_BY_ONE = UdpOptions.ofThisHost(1, false);

    public final List<String> problems = new CopyOnWriteArrayList<>();
    public final Listening listening;

    private Fixture(MessageHandler handler, UdpOptions udp, TcpLimits limits) throws IOException {
        ListenPlan plan = new ListenPlan("wg0", List.of(new InetSocketAddress(LOOPBACK, 0)));
        listening = Listening.open(plan, NO_LINKS, UNCHECKED, udp, limits, handler, Thread::new, problems::add);
    }

    public static Fixture serving(MessageHandler handler) throws IOException {
        return serving(handler, TcpLimits.defaults());
    }

    public static Fixture serving(MessageHandler handler, TcpLimits limits) throws IOException {
        return new Fixture(handler, ONE_BY_ONE, limits);
    }

    public static Fixture serving(MessageHandler handler, UdpOptions udp) throws IOException {
        return new Fixture(handler, udp, TcpLimits.defaults());
    }

    /** Answers "x" with "re: x". */
    public static byte[] echo(byte[] message, QuerySource asker) {
        return bytes("re: " + text(message));
    }

    public InetSocketAddress address() {
        return listening.localAddresses().get(0);
    }

    public Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(address());
        return socket;
    }

    /** Connects from one of the loopback's many addresses, as Linux has them. */
    public Socket connectFrom(String source) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.bind(new InetSocketAddress(source, 0));
        socket.connect(address());
        return socket;
    }

    /** Returns a message with its length in front. */
    public static byte[] framed(String message) {
        byte[] body = bytes(message);
        return ByteBuffer.allocate(2 + body.length)
                .putShort((short) body.length)
                .put(body)
                .array();
    }

    public static String read(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] body = new byte[in.readUnsignedShort()];
        in.readFully(body);
        return text(body);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        listening.close();
    }
}
