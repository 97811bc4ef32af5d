package io.wgsd.portmap.upnp;

import io.wgsd.model.IpAddress;
import io.wgsd.model.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One HTTP request to a router, over a connection of its own, within a time and a size: a router that sends a byte a
 * second, or without end, does not hold it up. No redirection is followed, and no proxy asked.
 */
final class HttpCall {

    private static final long SLICE_MILLIS = 50;
    private static final int BUFFER = 8 << 10;

    private final IpAddress local;
    private final Duration limit;
    private final TimeSource clock;
    private final BooleanSupplier stopped;

    /**
     * Makes a call.
     *
     * @param local the address from which it is made
     * @param limit how long it may take
     * @param stopped whether to give up
     */
    HttpCall(IpAddress local, Duration limit, TimeSource clock, BooleanSupplier stopped) {
        this.local = local;
        this.limit = limit;
        this.clock = clock;
        this.stopped = stopped;
    }

    HttpResponse get(HttpTarget target) throws IOException {
        return send(target, "GET", Map.of(), new byte[0]);
    }

    HttpResponse post(HttpTarget target, Map<String, String> headers, byte[] body) throws IOException {
        return send(target, "POST", headers, body);
    }

    private HttpResponse send(HttpTarget target, String method, Map<String, String> headers, byte[] body)
            throws IOException {
        StringBuilder head = new StringBuilder()
                .append(method)
                .append(' ')
                .append(target.path())
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.host())
                .append(':')
                .append(target.port())
                .append("\r\nConnection: close\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = ByteBuffer.allocate(start.length + body.length)
                .put(start)
                .put(body)
                .flip();
        long end = clock.nanos() + limit.toNanos();
        try (Selector selector = Selector.open();
                SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(local.toInetAddress(), 0));
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            if (!channel.connect(new InetSocketAddress(target.host().toInetAddress(), target.port()))) {
                while (!channel.finishConnect()) {
                    await(selector, end, target);
                }
            }
            key.interestOps(SelectionKey.OP_WRITE);
            while (request.hasRemaining()) {
                if (channel.write(request) == 0) {
                    await(selector, end, target);
                }
            }
            key.interestOps(SelectionKey.OP_READ);
            return receive(channel, selector, end, target);
        }
    }

    private HttpResponse receive(SocketChannel channel, Selector selector, long end, HttpTarget target)
            throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (true) {
            int count = channel.read(buffer.clear());
            if (count == 0) {
                await(selector, end, target);
                continue;
            }
            received.write(buffer.array(), 0, Math.max(count, 0));
            Optional<HttpResponse> response = HttpResponse.read(received.toByteArray(), count < 0);
            if (response.isPresent()) {
                return response.get();
            }
            if (end - clock.nanos() <= 0) {
                throw tooLate(target);
            }
        }
    }

    private void await(Selector selector, long end, HttpTarget target) throws IOException {
        long left = end - clock.nanos();
        if (left <= 0 || stopped.getAsBoolean()) {
            throw tooLate(target);
        }
        selector.select(Math.max(1, Math.min(TimeUnit.NANOSECONDS.toMillis(left), SLICE_MILLIS)));
        selector.selectedKeys().clear();
    }

    private static SocketTimeoutException tooLate(HttpTarget target) {
        return new SocketTimeoutException("no whole answer in time from " + target.host() + ":" + target.port());
    }
}
