package io.wgsd.portmap;

import io.wgsd.internal.Threads;
import io.wgsd.internal.Uncaught;
import io.wgsd.model.TimeSource;
import io.wgsd.portmap.exchange.UdpExchange;
import io.wgsd.portmap.natpmp.NatPmpClient;
import io.wgsd.portmap.pcp.PcpClient;
import io.wgsd.portmap.protocol.MappingClient;
import io.wgsd.portmap.upnp.UpnpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Has the router before this host forward a UDP port to it, for as long as it is open: by PCP (RFC 6887), else by
 * NAT-PMP (RFC 6886), else by UPnP's Internet Gateway Device. It asks again at half of the lifetime, when the router
 * has forgotten, and when the router is another one; it releases what is mapped when it is closed, or at the next start
 * after a crash. A router that forwards ports only without an end is not asked to.
 *
 * <p>It is for the port of another program, such as WireGuard's: the router is asked from other ports. One thread asks,
 * and waits most of the time; all methods may be called from any thread.
 */
public final class PortMapper implements AutoCloseable {

    private static final int MOST_PORT = 65535;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final MapperLoop loop;
    private final Ledger ledger;
    private final AtomicBoolean closed;
    private final Object news = new Object();
    private final Thread thread;
    private int port;
    private boolean hasNews;
    private boolean lookAgain;

    private PortMapper(PortMapperBuilder settings, RouterPorts ports) {
        closed = new AtomicBoolean();
        ledger = new Ledger(settings.store, settings.listener);
        loop = new MapperLoop(
                settings.gateways,
                clients(settings.clock, ports, closed::get),
                ledger,
                settings.listener,
                settings.clock,
                settings.lifetime,
                closed::get);
        thread = settings.threadFactory.newThread(this::run);
    }

    /**
     * Begins with the settings of a mapper.
     *
     * @param gateways says which router is before this host
     * @return a builder
     */
    public static PortMapperBuilder builder(PortMapperGateways gateways) {
        return new PortMapperBuilder(gateways);
    }

    /**
     * Asks a router by which protocols it can be asked to forward ports. Maps nothing; blocks for some seconds, while a
     * thread for each protocol waits for its answer.
     *
     * @param gateway the router
     * @return an answer for each protocol, in the order in which a mapper would ask
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static List<MappingOffer> offers(Gateway gateway) throws InterruptedException {
        return offers(gateway, RouterPorts.STANDARD);
    }

    static List<MappingOffer> offers(Gateway gateway, RouterPorts ports) throws InterruptedException {
        AtomicBoolean given = new AtomicBoolean();
        List<FutureTask<MappingOffer>> questions = clients(TimeSource.system(), ports, given::get).stream()
                .map(client -> new FutureTask<>(() -> client.offer(gateway)))
                .toList();
        questions.forEach(question ->
                Threads.daemons("wgsd-portmap-offers").newThread(question).start());
        List<MappingOffer> offers = new ArrayList<>();
        try {
            for (FutureTask<MappingOffer> question : questions) {
                offers.add(question.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a router cannot be asked", e.getCause());
        } finally {
            given.set(true);
        }
        return List.copyOf(offers);
    }

    static PortMapper start(PortMapperBuilder settings, RouterPorts ports) {
        PortMapper mapper = new PortMapper(settings, ports);
        mapper.thread.start();
        return mapper;
    }

    private static List<MappingClient> clients(TimeSource clock, RouterPorts ports, BooleanSupplier stopped) {
        SecureRandom secure = new SecureRandom();
        UnaryOperator<byte[]> random = bytes -> {
            secure.nextBytes(bytes);
            return bytes;
        };
        UdpExchange control = new UdpExchange(ports.control(), clock, stopped);
        return List.of(
                new PcpClient(control, clock, random),
                new NatPmpClient(control, clock),
                new UpnpClient(ports.search(), clock, random, stopped));
    }

    /**
     * Sets the UDP port of this host that is to be reached from outside. Does not block; what was mapped for another
     * port is released.
     *
     * @param port 1 to 65535, or 0 for none
     * @throws IllegalArgumentException if it is out of range
     */
    public void port(int port) {
        if (port < 0 || port > MOST_PORT) {
            throw new IllegalArgumentException("port must be 0..65535, was " + port);
        }
        synchronized (news) {
            if (this.port != port) {
                this.port = port;
                hasNews = true;
                news.notifyAll();
            }
        }
    }

    /** Says that this host's network may have changed, so that router and mapping are looked at again at once. */
    public void networkChanged() {
        synchronized (news) {
            lookAgain = true;
            hasNews = true;
            news.notifyAll();
        }
    }

    /**
     * Returns what is mapped.
     *
     * @return the mapping as it was last renewed; empty if there is none now
     */
    public Optional<PortMapping> mapping() {
        return loop.mapping();
    }

    /**
     * Returns why nothing is mapped.
     *
     * @return a clause; empty if something is mapped
     */
    public Optional<String> obstacle() {
        return loop.obstacle();
    }

    /** Releases what is mapped, within a second, and ends the thread; a second call does nothing. */
    @Override
    public void close() {
        closed.set(true);
        synchronized (news) {
            hasNews = true;
            news.notifyAll();
        }
        Threads.join(thread);
    }

    private void run() {
        ledger.load();
        while (!closed.get()) {
            int wanted;
            synchronized (news) {
                hasNews = false;
                wanted = port;
                if (lookAgain) {
                    lookAgain = false;
                    loop.lookAgain();
                }
            }
            await(step(wanted));
        }
        loop.end();
    }

    /** A listener or a source of gateways that fails must not end the mapping. */
    private Duration step(int wanted) {
        try {
            return loop.step(wanted);
        } catch (RuntimeException e) {
            Uncaught.report(e);
            return AFTER_FAILURE;
        }
    }

    private void await(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        synchronized (news) {
            long left = pause.toNanos();
            while (!hasNews && left > 0) {
                try {
                    news.wait(left / 1_000_000, (int) (left % 1_000_000));
                } catch (InterruptedException e) {
                    closed.set(true);
                    return;
                }
                left = end - System.nanoTime();
            }
        }
    }
}
