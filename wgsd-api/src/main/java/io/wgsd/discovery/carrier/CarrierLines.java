package io.wgsd.discovery.carrier;

import io.wgsd.internal.Threads;
import io.wgsd.internal.tls.ChannelLoop;
import io.wgsd.internal.tls.Destination;
import io.wgsd.model.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The lines to relay and registry, with their threads. Thread-safe. */
final class CarrierLines implements CarriageLines {

    private static final Duration TICK = Duration.ofMillis(250);

    private final ChannelLoop loop;
    private final ThreadPoolExecutor tasks;
    private final Map<Destination, CarrierLine> lines = new EnumMap<>(Destination.class);
    private volatile int wireGuardPort;

    /**
     * Binds the sockets and starts the threads.
     *
     * @param failed gets why a connection was not made, or was lost
     */
    CarrierLines(RelayHost host, int port, ClientTls tls, Consumer<IOException> failed) throws IOException {
        loop = new ChannelLoop(Threads.daemons("wgsd-tls"), TICK, this::tick);
        // One look-up or part of a handshake for each line at most; none is of use once the loop ends.
        tasks = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Threads.daemons("wgsd-tls-tasks"),
                new ThreadPoolExecutor.DiscardPolicy());
        try {
            for (Destination each : Destination.values()) {
                lines.put(each, new CarrierLine(each, loop, host, port, tls, tasks, () -> wireGuardPort, failed));
            }
            loop.start();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void setWireGuardPort(int port) {
        wireGuardPort = port;
    }

    @Override
    public Endpoint endpoint(Destination destination) {
        return of(destination).endpoint();
    }

    @Override
    public void want(Destination destination, boolean wanted) {
        of(destination).want(wanted);
    }

    @Override
    public boolean isOpen(Destination destination) {
        return of(destination).isOpen();
    }

    @Override
    public Duration down(Destination destination) {
        return of(destination).down();
    }

    private CarrierLine of(Destination destination) {
        return Objects.requireNonNull(lines.get(destination), "line");
    }

    private void tick() {
        lines.values().forEach(CarrierLine::tick);
    }

    @Override
    public void close() {
        lines.values().forEach(line -> line.want(false));
        tasks.shutdownNow();
        await(tasks);
        loop.close();
    }

    /** What is computed at this moment wakes the loop, which therefore ends later. */
    private static void await(ThreadPoolExecutor ending) {
        try {
            if (!ending.awaitTermination(1, TimeUnit.SECONDS)) {
                // A name is still being looked up, by a daemon thread.
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
