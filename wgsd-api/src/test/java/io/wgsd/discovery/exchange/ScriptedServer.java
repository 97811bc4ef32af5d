package io.wgsd.discovery.exchange;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Message;

/** A DNS server on loopback, UDP and TCP on one port, that sends what a test sets, well-formed or not. */
public final class ScriptedServer implements AutoCloseable {

    /** What the server sends for a query. */
    public interface Script {

        /** Returns what is sent back, in this order; nothing for silence. A TCP connection ends with an exception. */
        List<byte[]> answer(Heard heard) throws IOException;
    }

    /** A query as it arrived. */
    public record Heard(Message query, boolean tcp, InetSocketAddress from) {

        public boolean edns() {
            return query.getOPT() != null;
        }

        public ScriptedResponse response() {
            return ScriptedResponse.to(query);
        }
    }

    private static final int MOST_TRIES = 100;

    private final Script script;
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private ScriptedServer(Script script, DatagramSocket udp, ServerSocket tcp) throws IOException {
        this.script = script;
        this.udp = udp;
        this.tcp = tcp;
        udp.setReceiveBufferSize(1 << 22);
    }

    public static ScriptedServer start(Script script) throws IOException {
        ScriptedServer server = bound(script);
        server.daemon(server::serveUdp);
        server.daemon(server::serveTcp);
        return server;
    }

    /** Finds a port that is free for both: a port that is free for UDP may be in use by a TCP connection. */
    private static ScriptedServer bound(Script script) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int i = 1; ; i++) {
            DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, 0));
            try {
                return new ScriptedServer(script, udp, new ServerSocket(udp.getLocalPort(), 50, loopback));
            } catch (BindException e) {
                udp.close();
                if (i == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), udp.getLocalPort());
    }

    /** Returns the queries so far, in the order in which they came. */
    public List<Heard> heard() {
        return heard;
    }

    /** Sends a datagram from the server's port that is no response to anything just heard. */
    public void send(byte[] datagram, InetSocketAddress to) throws IOException {
        udp.send(new DatagramPacket(datagram, datagram.length, to));
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void serveUdp() throws IOException {
        byte[] buffer = new byte[65535];
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            udp.receive(packet);
            InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
            Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
            for (byte[] response : answers(new Heard(query, false, from))) {
                send(response, from);
            }
        }
    }

    private void serveTcp() throws IOException {
        while (true) {
            Socket connection = tcp.accept();
            connections.add(connection);
            daemon(() -> serve(connection));
        }
    }

    private void serve(Socket connection) throws IOException {
        try (connection) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            while (true) {
                Message query = new Message(in.readNBytes(in.readUnsignedShort()));
                Heard call = new Heard(query, true, (InetSocketAddress) connection.getRemoteSocketAddress());
                for (byte[] response : answers(call)) {
                    connection.getOutputStream().write(withLength(response));
                }
            }
        }
    }

    private static byte[] withLength(byte[] message) {
        return ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    private List<byte[]> answers(Heard query) throws IOException {
        heard.add(query);
        return script.answer(query);
    }

    private interface Service {
        void run() throws IOException;
    }

    private void daemon(Service service) {
        Thread thread = new Thread(
                () -> {
                    try {
                        service.run();
                    } catch (SocketException | java.io.EOFException e) {
                        // The test has ended, or the client hung up.
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "scripted-dns");
        thread.setDaemon(true);
        thread.start();
    }
}
