package io.wgsd.discovery.push;

import io.wgsd.discovery.exchange.ServerPath;
import io.wgsd.discovery.push.PushDialogue.News;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.internal.Durations;
import io.wgsd.internal.Uncaught;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
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
 * connected, no peer is followed, so the registry has to be asked.
 *
 * <p>One thread, which the first {@link #follow} starts. Thread-safe.
 */
public final class PushClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PushClient.class);
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration UNSUPPORTED = Duration.ofMinutes(10);

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
                running.join(CLOSING.toMillis());
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
            boolean lasted = System.nanoTime() - began > PushConnection.SILENCE.toNanos();
            pause = lasted ? FIRST_PAUSE : Durations.min(pause.multipliedBy(2), LONGEST_PAUSE);
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
            serve(new PushConnection(names, channel, waiting, this::take));
        } finally {
            synchronized (lock) {
                selector = null;
            }
        }
    }

    private void serve(PushConnection connection) throws IOException {
        while (!isClosed() && !connection.isUsedUp()) {
            Set<PublicKey> keys = takeChange();
            if (keys != null) {
                followed.retainAll(keys);
                connection.follow(keys);
            }
            connection.step();
        }
    }

    private void take(News news) {
        if (news.confirmed()) {
            followed.add(news.key());
        } else {
            listener.accept(news.key(), news.advertisement());
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
}
