package io.wgsd.portmap;

import io.wgsd.internal.Backoff;
import io.wgsd.internal.Durations;
import io.wgsd.model.TimeSource;
import io.wgsd.portmap.protocol.Held;
import io.wgsd.portmap.protocol.MappingClient;
import io.wgsd.portmap.protocol.MappingClient.Check;
import io.wgsd.portmap.protocol.Outcome;
import io.wgsd.portmap.protocol.Wish;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a router is asked, and what: one step after the other, each at the time that the step before has
 * returned, or earlier if there is news. Steps are for one thread; what is known is for any.
 */
final class MapperLoop {

    /** How often it is asked which router there is. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    /** How often a router is asked whether it still knows: one that was restarted has forgotten. */
    private static final Duration CHECK = Duration.ofMinutes(1);

    /** RFC 6887, section 11.2.1: no more often than this is a renewal repeated. */
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(4);

    private static final Backoff ATTEMPTS = new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(30));

    private final PortMapperGateways gateways;
    private final List<MappingClient> clients;
    private final Ledger ledger;
    private final PortMapperListener listener;
    private final TimeSource clock;
    private final Duration lifetime;
    private final BooleanSupplier stopped;

    private Optional<Gateway> gateway = Optional.empty();
    private int port;
    private @Nullable Current current;
    private long attemptAt;
    private int failures;
    private volatile Known known = new Known(Optional.empty(), "it has not been asked for yet");

    /** What others may know. */
    private record Known(Optional<PortMapping> mapping, String obstacle) {}

    /** What is mapped now; times are the monotonic clock's. */
    private record Current(
            MappingClient client, Held held, PortMapping mapping, long renewAt, long endsAt, long checkAt) {

        Current renewingAt(long time) {
            return new Current(client, held, mapping, time, endsAt, checkAt);
        }

        Current checkingAt(long time) {
            return new Current(client, held, mapping, renewAt, endsAt, time);
        }
    }

    MapperLoop(
            PortMapperGateways gateways,
            List<MappingClient> clients,
            Ledger ledger,
            PortMapperListener listener,
            TimeSource clock,
            Duration lifetime,
            BooleanSupplier stopped) {
        this.gateways = gateways;
        this.clients = clients;
        this.ledger = ledger;
        this.listener = listener;
        this.clock = clock;
        this.lifetime = lifetime;
        this.stopped = stopped;
        attemptAt = clock.nanos();
    }

    Optional<PortMapping> mapping() {
        return known.mapping;
    }

    Optional<String> obstacle() {
        Known now = known;
        return now.mapping.isPresent() ? Optional.empty() : Optional.of(now.obstacle);
    }

    /** The network may be another one: what waits for its time is done in the next step. */
    void lookAgain() {
        attemptAt = clock.nanos();
        failures = 0;
        Current now = current;
        if (now != null) {
            current = now.checkingAt(clock.nanos());
        }
    }

    /**
     * Does what is due.
     *
     * @param wanted the UDP port of this host that is to be mapped; 0 for none
     * @return after which time to come again
     */
    Duration step(int wanted) {
        Optional<Gateway> found = gateway();
        if (!found.equals(gateway) || wanted != port) {
            leave(found);
            gateway = found;
            port = wanted;
            failures = 0;
            attemptAt = clock.nanos();
            found.ifPresent(this::releaseLeftovers);
        }
        if (gateway.isEmpty() || port == 0) {
            if (port == 0) {
                obstacle("no port is asked for");
            }
            return LOOK;
        }
        act(gateway.get());
        return Durations.min(LOOK, untilDue());
    }

    private void act(Gateway router) {
        Current now = current;
        long time = clock.nanos();
        if (now == null) {
            if (hasCome(attemptAt, time)) {
                attempt(router);
            }
        } else if (hasCome(now.renewAt, time)) {
            renew(now);
        } else if (hasCome(now.checkAt, time)) {
            check(now);
        }
    }

    private Duration untilDue() {
        Current now = current;
        long due = now == null ? attemptAt : now.renewAt - now.checkAt < 0 ? now.renewAt : now.checkAt;
        return Duration.ofNanos(Math.max(0, due - clock.nanos()));
    }

    private static boolean hasCome(long due, long time) {
        return time - due >= 0;
    }

    private Optional<Gateway> gateway() {
        try {
            Optional<Gateway> found = gateways.current();
            if (found.isEmpty()) {
                obstacle("no router is known before this host");
            }
            return found;
        } catch (IOException e) {
            obstacle("it is not known which router is before this host: " + e.getMessage());
            return gateway;
        }
    }

    /** Ends what is mapped for another port; what another router holds is kept for when this host is there again. */
    private void leave(Optional<Gateway> next) {
        Current before = current;
        if (before == null) {
            return;
        }
        current = null;
        if (next.equals(gateway)) {
            release(before.client, before.held);
            lost(before, "another port is to be mapped");
        } else {
            lost(before, "the router before this host is another one");
        }
    }

    /** Ends what an earlier process has left behind at a router, but for what is renewed. */
    private void releaseLeftovers(Gateway router) {
        ledger.dropEnded(clock.instant());
        for (Held held : ledger.of(router)) {
            if (!stopped.getAsBoolean()
                    && (held.internalPort() != port || !held.gateway().equals(router))) {
                client(held).ifPresent(client -> release(client, held));
            }
        }
    }

    private void release(MappingClient client, Held held) {
        // A router that does not confirm it may hold it still; the next start asks it again.
        if (client.release(held)) {
            ledger.drop(held);
        }
    }

    private Optional<MappingClient> client(Held held) {
        return clients.stream()
                .filter(client -> client.protocol() == held.protocol())
                .findFirst();
    }

    private void attempt(Gateway router) {
        List<String> reasons = new ArrayList<>();
        Duration pause = Duration.ZERO;
        for (MappingClient client : clients) {
            if (stopped.getAsBoolean()) {
                return;
            }
            Outcome outcome = ask(client, router);
            if (outcome instanceof Outcome.Granted granted) {
                failures = 0;
                accept(client, granted);
                releaseOthers(client, router);
                return;
            }
            if (outcome instanceof Outcome.Refused refused) {
                pause = Durations.max(pause, refused.pause());
                reasons.add(client.protocol() + ": " + refused.why());
            } else if (outcome instanceof Outcome.Absent absent) {
                reasons.add(client.protocol() + ": " + absent.why());
            }
        }
        attemptAt = clock.nanos()
                + Durations.max(ATTEMPTS.after(failures), Durations.min(pause, Duration.ofMinutes(30)))
                        .toNanos();
        failures++;
        obstacle("the router " + router.address() + " maps no port: " + String.join("; ", reasons));
    }

    private Outcome ask(MappingClient client, Gateway router) {
        Optional<Held> held = ledger.find(client.protocol(), router, port);
        Outcome outcome = client.map(new Wish(router, port, lifetime, held), ledger::keep);
        if (!(outcome instanceof Outcome.Granted) && held.isEmpty()) {
            ledger.find(client.protocol(), router, port).ifPresent(ledger::drop);
        }
        return outcome;
    }

    /** Another protocol may have mapped the same port for an earlier process. */
    private void releaseOthers(MappingClient client, Gateway router) {
        for (Held held : ledger.of(router)) {
            if (!stopped.getAsBoolean() && held.protocol() != client.protocol()) {
                client(held).ifPresent(other -> release(other, held));
            }
        }
    }

    private void accept(MappingClient client, Outcome.Granted granted) {
        ledger.keep(granted.held());
        PortMapping mapping = new PortMapping(
                client.protocol(),
                granted.held().gateway(),
                port,
                granted.external(),
                clock.instant().plus(granted.lifetime()));
        long now = clock.nanos();
        Current before = current;
        current = new Current(
                client,
                granted.held(),
                mapping,
                now + granted.lifetime().dividedBy(2).toNanos(),
                now + granted.lifetime().toNanos(),
                now + CHECK.toNanos());
        known = new Known(Optional.of(mapping), "");
        if (before == null || !before.mapping.external().equals(mapping.external())) {
            listener.mapped(mapping);
        } else {
            listener.renewed(mapping);
        }
    }

    private void renew(Current now) {
        Outcome outcome = ask(now.client, now.held.gateway());
        if (outcome instanceof Outcome.Granted granted) {
            accept(now.client, granted);
            return;
        }
        long time = clock.nanos();
        if (outcome instanceof Outcome.Refused refused) {
            giveUp(now, now.client.protocol() + ": " + refused.why());
        } else if (hasCome(now.endsAt, time)) {
            giveUp(now, "the router did not answer when it was to be renewed");
        } else {
            long left = now.endsAt - time;
            long pause = Math.max(left / 2, Math.min(left, LEAST_PAUSE.toNanos()));
            current = now.renewingAt(time + pause).checkingAt(time + CHECK.toNanos());
        }
    }

    private void giveUp(Current now, String reason) {
        current = null;
        ledger.drop(now.held);
        attemptAt = clock.nanos();
        lost(now, reason);
    }

    private void check(Current now) {
        Check check = now.client.check(now.held);
        long time = clock.nanos();
        current = now.checkingAt(time + CHECK.toNanos());
        if (check == Check.LOST) {
            renew(current);
        }
    }

    private void lost(Current before, String reason) {
        known = new Known(Optional.empty(), reason);
        listener.lost(before.mapping, reason);
    }

    private void obstacle(String reason) {
        Known before = known;
        if (current == null && !before.obstacle.equals(reason)) {
            known = new Known(Optional.empty(), reason);
            listener.notMapped(reason);
        }
    }

    /** Releases what is mapped. */
    void end() {
        Current now = current;
        if (now != null) {
            current = null;
            release(now.client, now.held);
            known = new Known(Optional.empty(), "it has ended");
        }
    }
}
