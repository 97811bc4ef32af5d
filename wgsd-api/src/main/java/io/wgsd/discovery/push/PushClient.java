package io.wgsd.discovery.push;

import io.wgsd.discovery.decide.Timing;
import io.wgsd.discovery.exchange.ServerPath;
import io.wgsd.discovery.push.PushDialogue.News;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.internal.Uncaught;
import io.wgsd.model.PublicKey;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to a registry that pushes changes (RFC 8765). If the registry does not, or while it is not
 * connected, no peer is followed, and so the registry has to be asked.
 *
 * <p>One thread, which the first {@link #follow} starts. Thread-safe.
 */
public final class PushClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PushClient.class);
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration UNSUPPORTED = Duration.ofMinutes(10);
    private static final int MAX_MESSAGE = 2 + 65_535;

    private final InetSocketAddress server;
    private final DnsSdNames names;
    private final BiConsumer<PublicKey, Optional<Advertisement>> listener;
    private final ThreadFactory threadFactory;
    private final Set<PublicKey> followed = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private Set<PublicKey> wanted = Set.of();
    private @Nullable InetAddress source;
    private @Nullable Thread thread;
    private @Nullable Selector selector;
    private boolean begun;
    private boolean closed;
    private boolean changed;
    private boolean hurried;

    /**
     * Makes a client that does nothing yet.
     *
     * @param listener receives what the registry says of a peer, on this client's thread
     */
    public PushClient(
            InetSocketAddress server,
            DnsSdNames names,
            BiConsumer<PublicKey, Optional<Advertisement>> listener,
            ThreadFactory threadFactory) {
        this.server = server;
        this.names = names;
        this.listener = listener;
        this.threadFactory = threadFactory;
    }

    /** Follows these peers from now on, from an address of the device's. */
    public void follow(Set<PublicKey> keys, InetAddress from) {
        boolean first;
        synchronized (lock) {
            wanted = keys;
            source = from;
            changed = true;
            first = !begun && !closed && !keys.isEmpty();
            begun |= first;
            wake();
        }
        if (first) {
            start();
        }
    }

    /**
     * Not under the lock, since the factory is the caller's code. If there is no thread, the next {@link #follow} tries
     * again.
     */
    private void start() {
        boolean running = false;
        try {
            Thread made =
                    Objects.requireNonNull(threadFactory.newThread(this::run), "the thread factory made no thread");
            synchronized (lock) {
                thread = made;
            }
            made.start();
            running = true;
        } finally {
            synchronized (lock) {
                begun = running;
                thread = running ? thread : null;
            }
        }
    }

    /** Returns whether the registry is connected and has agreed to push changes of a peer. */
    public boolean isFollowed(PublicKey key) {
        return followed.contains(key);
    }

    /** Ends a pause and connects at once, since the registry is known to answer. */
    public void hurry() {
        synchronized (lock) {
            hurried = true;
            wake();
        }
    }

    @Override
    public void close() {
        Thread running;
        synchronized (lock) {
            closed = true;
            running = thread;
            wake();
        }
        if (running != null && !running.equals(Thread.currentThread())) {
            try {
                running.join(SIGN_OF_LIFE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void wake() {
        lock.notifyAll();
        if (selector != null) {
            selector.wakeup();
        }
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!isClosed()) {
            boolean patient = false;
            long began = System.nanoTime();
            try {
                converse();
            } catch (PushDialogue.UnsupportedPushException e) {
                patient = true;
                LOG.info("registry {} does not push, so it is polled: {}", server, e.getMessage());
            } catch (IOException e) {
                LOG.debug("registry {} does not push at present: {}", server, e.toString());
            } catch (RuntimeException e) {
                // The registry is asked meanwhile; this thread must not end for good.
                Uncaught.report(e);
            } finally {
                followed.clear();
            }
            boolean lasted = System.nanoTime() - began > SILENCE.toNanos();
            pause = lasted ? FIRST_PAUSE : Timing.min(pause.multipliedBy(2), LONGEST_PAUSE);
            rest(patient ? UNSUPPORTED : pause, !patient);
        }
    }

    /** Waits, but no longer once the registry is known to answer. */
    private void rest(Duration pause, boolean hurries) {
        double jitter = 0.75 + ThreadLocalRandom.current().nextDouble() / 2;
        long end = System.nanoTime() + (long) (pause.toNanos() * jitter);
        synchronized (lock) {
            try {
                long left = end - System.nanoTime();
                while (!closed && left > 0 && !(hurries && hurried)) {
                    lock.wait(left / 1_000_000 + 1);
                    left = end - System.nanoTime();
                }
            } catch (InterruptedException e) {
                closed = true;
            }
            hurried = false;
        }
    }

    private void converse() throws IOException {
        try (Selector waiting = Selector.open();
                SocketChannel channel = SocketChannel.open()) {
            synchronized (lock) {
                selector = waiting;
                changed = true;
            }
            connect(channel, waiting);
            new Connection(channel, waiting).serve();
        } finally {
            synchronized (lock) {
                selector = null;
            }
        }
    }

    private void connect(SocketChannel channel, Selector waiting) throws IOException {
        InetAddress from;
        synchronized (lock) {
            from = source;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.bind(new InetSocketAddress(from, 0));
        if (channel.connect(new ServerPath(server, from).server())) {
            return;
        }
        SelectionKey key = channel.register(waiting, SelectionKey.OP_CONNECT);
        long deadline = System.nanoTime() + CONNECTING.toNanos();
        while (!channel.finishConnect()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || isClosed()) {
                throw new SocketTimeoutException("it did not accept a connection");
            }
            waiting.select(left / 1_000_000 + 1);
            waiting.selectedKeys().clear();
        }
        key.cancel();
        waiting.selectNow();
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private @Nullable Set<PublicKey> takeChange() {
        synchronized (lock) {
            boolean now = changed;
            changed = false;
            return now ? wanted : null;
        }
    }

    /** One connection, on the client's thread. */
    private final class Connection {

        private final PushDialogue dialogue = new PushDialogue(names);
        private final SocketChannel channel;
        private final Selector waiting;
        private final SelectionKey key;
        private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
        private ByteBuffer received = ByteBuffer.allocate(4096);
        private long heardAt = System.nanoTime();
        private long askedAt;

        Connection(SocketChannel channel, Selector waiting) throws IOException {
            this.channel = channel;
            this.waiting = waiting;
            key = channel.register(waiting, SelectionKey.OP_READ);
        }

        void serve() throws IOException {
            while (!isClosed() && !dialogue.isUsedUp()) {
                Set<PublicKey> keys = takeChange();
                if (keys != null) {
                    followed.retainAll(keys);
                    dialogue.follow(keys).forEach(this::send);
                }
                long left = untilTimeout();
                flush();
                key.interestOps(SelectionKey.OP_READ | (unsent.isEmpty() ? 0 : SelectionKey.OP_WRITE));
                waiting.select(Math.max(1, left / 1_000_000));
                waiting.selectedKeys().clear();
                read();
            }
        }

        /** Sends a keepalive after a silence, and returns how long to wait for something to come. */
        private long untilTimeout() throws IOException {
            long now = System.nanoTime();
            if (dialogue.awaitsSignOfLife()) {
                long left = askedAt + SIGN_OF_LIFE.toNanos() - now;
                if (left <= 0) {
                    throw new SocketTimeoutException("it gave no sign of life for " + SIGN_OF_LIFE);
                }
                return left;
            }
            long left = heardAt + SILENCE.toNanos() - now;
            if (left <= 0) {
                send(dialogue.keepalive());
                askedAt = now;
                return SIGN_OF_LIFE.toNanos();
            }
            return left;
        }

        private void send(byte[] message) {
            unsent.add(ByteBuffer.allocate(2 + message.length)
                    .putShort((short) message.length)
                    .put(message)
                    .flip());
        }

        private void flush() throws IOException {
            while (!unsent.isEmpty()) {
                channel.write(unsent.peek());
                if (unsent.peek().hasRemaining()) {
                    return;
                }
                unsent.remove();
            }
        }

        private void read() throws IOException {
            int count = channel.read(received);
            if (count < 0) {
                throw new EOFException("it closed the connection");
            }
            if (count == 0) {
                return;
            }
            heardAt = System.nanoTime();
            received.flip();
            while (received.remaining() >= 2
                    && received.remaining() - 2 >= (received.getShort(received.position()) & 0xffff)) {
                byte[] message = new byte[received.getShort() & 0xffff];
                received.get(message);
                take(dialogue.receive(message));
            }
            received.compact();
            if (!received.hasRemaining() && received.capacity() < MAX_MESSAGE) {
                received = ByteBuffer.allocate(MAX_MESSAGE).put(received.flip());
            }
        }

        private void take(List<News> news) {
            for (News each : news) {
                if (each.confirmed()) {
                    followed.add(each.key());
                } else {
                    listener.accept(each.key(), each.told());
                }
            }
        }
    }
}
