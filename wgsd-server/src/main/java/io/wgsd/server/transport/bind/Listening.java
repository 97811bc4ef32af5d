package io.wgsd.server.transport.bind;

import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.EventLoop;
import io.wgsd.server.transport.MessageHandler;
import io.wgsd.server.transport.RoleThreads;
import io.wgsd.server.transport.tcp.TcpConnections;
import io.wgsd.server.transport.tcp.TcpLimits;
import io.wgsd.server.transport.tcp.TcpListener;
import io.wgsd.server.transport.udp.DatagramAnswerer;
import io.wgsd.server.transport.udp.UdpLoop;
import io.wgsd.server.transport.udp.UdpOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All sockets of a registry, and the threads that serve them: some for UDP and one for TCP, so that a flood of the one
 * leaves the other alone. Thread-safe.
 */
public final class Listening implements AutoCloseable {

    /** How often connections are looked through for those that have stood still. */
    private static final Duration SWEEPING = Duration.ofSeconds(1);

    private final ListenPlan plan;
    private final Links links;
    private final ArrivalCheck check;
    private final MessageHandler handler;
    private final Consumer<String> report;
    private final UdpOptions options;
    private final List<UdpLoop> udp = new ArrayList<>();
    private final EventLoop tcp;
    private final TcpConnections connections;

    /** By the address that was asked for, whose port may be 0. */
    private final Map<InetSocketAddress, AddressSockets> open = new LinkedHashMap<>();
    /** What was last said of an address, so that it is said once. */
    private final Map<InetSocketAddress, String> problems = new HashMap<>();

    private @Nullable String listProblem;

    private boolean closed;

    private Listening(
            ListenPlan plan,
            Links links,
            ArrivalCheck check,
            UdpOptions options,
            TcpLimits limits,
            MessageHandler handler,
            ThreadFactory threadFactory,
            Consumer<String> report)
            throws IOException {
        this.plan = plan;
        this.links = links;
        this.check = check;
        this.handler = handler;
        this.report = report;
        this.options = options;
        for (int i = 0; i < options.threads(); i++) {
            udp.add(new UdpLoop(new EventLoop(RoleThreads.as(threadFactory, "udp-" + (i + 1))), options.batched()));
        }
        tcp = new EventLoop(RoleThreads.as(threadFactory, "tcp"));
        connections = new TcpConnections(handler, limits, System::nanoTime, tcp::register);
    }

    /**
     * Binds all sockets and starts to serve them.
     *
     * @param plan where to listen
     * @param options how UDP is served
     * @param limits what TCP clients may take up
     * @param handler who answers
     * @param threadFactory who makes the threads
     * @param report gets a line, on the thread that calls {@link #refresh}, for an address that cannot be bound then
     * @return what is to be closed
     * @throws IOException if an address that the plan names cannot be bound, or there is none to bind; in one line with
     *     what to do
     */
    public static Listening open(
            ListenPlan plan,
            UdpOptions options,
            TcpLimits limits,
            MessageHandler handler,
            ThreadFactory threadFactory,
            Consumer<String> report)
            throws IOException {
        return open(
                plan, Links.ofThisHost(), ArrivalCheck.ofThisHost(), options, limits, handler, threadFactory, report);
    }

    public static Listening open(
            ListenPlan plan,
            Links links,
            ArrivalCheck check,
            UdpOptions options,
            TcpLimits limits,
            MessageHandler handler,
            ThreadFactory threadFactory,
            Consumer<String> report)
            throws IOException {
        Listening listening = new Listening(plan, links, check, options, limits, handler, threadFactory, report);
        boolean opened = false;
        try {
            listening.openFirst();
            listening.udp.forEach(each -> each.loop().start(SWEEPING, () -> {}));
            listening.tcp.start(SWEEPING, listening.connections::sweep, listening.connections::nextRound);
            opened = true;
            return listening;
        } finally {
            if (!opened) {
                listening.close();
            }
        }
    }

    /** Follows addresses that came or went, and a device that is another one by now; where that fails, says so once. */
    public void refresh() {
        // What is called may call any method here, or wait for somebody who does, so it is called without the lock.
        follow().forEach(report);
    }

    private synchronized List<String> follow() {
        if (closed) {
            return List.of();
        }
        List<String> news = new ArrayList<>();
        try {
            List<Link> now = links.list();
            Set<InetSocketAddress> wanted = plan.addresses(now);
            if (plan.followsLinks() && !wanted.isEmpty()) {
                closeAllBut(wanted);
            }
            for (InetSocketAddress address : wanted) {
                try {
                    openAndFollow(address, now);
                    problems.remove(address);
                } catch (IOException e) {
                    String line = String.valueOf(e.getMessage());
                    if (!line.equals(problems.put(address, line))) {
                        news.add(line);
                    }
                }
            }
            listProblem = null;
        } catch (SocketException e) {
            String line = "cannot list this host's interfaces: " + e.getMessage();
            if (!line.equals(listProblem)) {
                news.add(line);
            }
            listProblem = line;
        }
        return news;
    }

    /**
     * Returns where messages are taken.
     *
     * @return the addresses that are bound, with their ports; empty once closed
     */
    public synchronized List<InetSocketAddress> localAddresses() {
        return open.values().stream().map(AddressSockets::address).toList();
    }

    /**
     * Returns why messages' ways of arrival are not known.
     *
     * @return a clause for people; empty where they are known
     */
    public Optional<String> obstacleToArrival() {
        return check.obstacle();
    }

    /**
     * Does something on the thread that serves streams.
     *
     * @param action what must not block
     */
    public void onStreams(Runnable action) {
        tcp.execute(action);
    }

    /** Closes all sockets and ends the threads, after the message each may be answering; a second call does nothing. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            closeAllBut(Set.of());
        }
        udp.forEach(each -> each.loop().close());
        tcp.close();
    }

    private void openFirst() throws IOException {
        List<Link> now = links.list();
        Set<InetSocketAddress> wanted = plan.addresses(now);
        if (wanted.isEmpty()) {
            throw new BindException(nothingToBind(now));
        }
        IOException failure = null;
        for (InetSocketAddress address : wanted) {
            try {
                openAndFollow(address, now);
            } catch (IOException e) {
                if (plan.names(address)) {
                    throw e;
                }
                failure = e;
            }
        }
        if (open.isEmpty()) {
            throw Objects.requireNonNull(failure);
        }
    }

    private String nothingToBind(List<Link> now) {
        String names = now.stream().map(Link::name).sorted().collect(Collectors.joining(", "));
        return plan.deviceIndex(now).isEmpty()
                ? "cannot listen on the addresses of \"" + plan.device()
                        + "\": this host has no such interface (it has " + names
                        + "); name another device, or say where to listen"
                : "cannot listen on the addresses of \"" + plan.device()
                        + "\": it has none; give it one (ip address add" + " 10.0.0.254/24 dev " + plan.device()
                        + "), or say where to listen";
    }

    private void openAndFollow(InetSocketAddress address, List<Link> now) throws IOException {
        AddressSockets sockets = open.get(address);
        if (sockets == null) {
            sockets = LinkLocal.is(address)
                    ? AddressSockets.openOnLink(address, plan.deviceIndex(now), plan.device(), options, this::serve)
                    : AddressSockets.open(address, plan.device(), check.binder().orElse(null), options, this::serve);
            open.put(address, sockets);
        }
        sockets.follow(plan.deviceIndex(now));
    }

    private void serve(SocketPair pair, Arrival arrival) {
        for (int i = 0; i < pair.udp().size(); i++) {
            udp.get(i).serve(pair.udp().get(i), new DatagramAnswerer(handler, arrival));
        }
        tcp.register(pair.tcp(), SelectionKey.OP_ACCEPT, new TcpListener(pair.tcp(), arrival, connections));
    }

    private void closeAllBut(Set<InetSocketAddress> wanted) {
        open.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        // A channel's descriptor is freed only when its selector looks again.
        udp.forEach(each -> each.loop().execute(() -> {}));
        tcp.execute(() -> {});
    }
}
