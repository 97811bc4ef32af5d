package io.wgsd.portmap.exchange;

import io.wgsd.model.IpAddress;
import io.wgsd.portmap.Gateway;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A router on loopback that answers each datagram as it is told to. */
public final class FakeRouter implements AutoCloseable {

    public static final Gateway GATEWAY = Gateway.of(IpAddress.parse("127.0.0.1"), IpAddress.parse("127.0.0.1"));

    private final DatagramSocket socket;
    private final DatagramSocket stranger;
    private final int port;
    private final BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
    private volatile Function<byte[], List<byte[]>> answers;
    private volatile boolean asStranger;

    public FakeRouter(Function<byte[], List<byte[]>> answers) throws IOException {
        this.answers = answers;
        socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        port = socket.getLocalPort();
        stranger = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0));
        Thread thread = new Thread(this::serve, "fake-router");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return port;
    }

    public void answer(Function<byte[], List<byte[]>> function) {
        answers = function;
    }

    /** From now on, what it says comes from another address. */
    public void speakAsStranger() {
        asStranger = true;
    }

    public byte[] request() throws InterruptedException {
        byte[] request = requests.poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("nothing was asked within 10 s");
        }
        return request;
    }

    public int requests() {
        return requests.size();
    }

    private void serve() {
        byte[] buffer = new byte[2048];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] request = Arrays.copyOf(packet.getData(), packet.getLength());
                InetAddress from = packet.getAddress();
                for (byte[] answer : answers.apply(request)) {
                    (asStranger ? stranger : socket)
                            .send(new DatagramPacket(answer, answer.length, from, packet.getPort()));
                }
                requests.add(request);
            } catch (IOException e) {
                // The asker has gone, or the router is closed.
            }
        }
    }

    @Override
    public void close() {
        socket.close();
        stranger.close();
    }
}
