package io.wgsd.discovery.agent;

import io.wgsd.discovery.Routes;
import io.wgsd.discovery.decide.AgentMemory;
import io.wgsd.discovery.decide.local.AddressScope;
import io.wgsd.discovery.decide.move.MoveOrder;
import io.wgsd.discovery.decide.move.MoveReport;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.CancelledException;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.WireGuardException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what helps a session to leave its relay, one order at a time and step by step, between which an agent does
 * what else it has to.
 *
 * <p>Not thread-safe.
 */
final class Mover {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final BackendCalls source;
    private final Callbacks callbacks;
    private final TimeSource clock;
    private final Routes routes;
    private final String device;
    private final DeviceLedger stored;
    private final PublicKey decoy = keyOfNobody();
    private @Nullable MoveRun run;
    private @Nullable PublicKey moved;
    private Moment due;

    Mover(AgentParts parts, BackendCalls source, Callbacks callbacks, DeviceLedger stored) {
        this.source = source;
        this.callbacks = callbacks;
        this.stored = stored;
        clock = parts.clock();
        due = clock.now();
        routes = parts.routes();
        device = parts.device();
    }

    /** Returns whether the next step of the agent is one of a move; from the agent's thread. */
    boolean isMoving() {
        return run != null;
    }

    /** Returns for which peer an order is being carried out. */
    Optional<PublicKey> peer() {
        MoveRun running = run;
        return running == null ? Optional.empty() : Optional.of(running.peer());
    }

    /** Returns when the next step is due. */
    Moment due() {
        return due;
    }

    /**
     * Begins to carry an order out, and returns whether it does.
     *
     * @param what the order
     * @param state what is remembered
     * @param read the device as it was read last
     * @param routed whether a datagram can be sent to the peer
     */
    boolean begin(MoveOrder what, AgentMemory state, Device read, boolean routed) {
        boolean opens = what.part() == MoveOrder.Part.OPEN;
        if (opens && !stored.add(Set.of(decoy), state).isEmpty()) {
            // What cannot be noted must not be added.
            return false;
        }
        if (!opens && !routed && !stored.switching(what.peer(), interval(read, what.peer()), state)) {
            return false;
        }
        moved = opens ? null : what.peer();
        boolean idleOnly =
                !opens && !AddressScope.isPrivate(what.direct().address()) && hasSeveralSources(read, what.direct());
        run = new MoveRun(source, callbacks, clock, idleOnly ? what.onlyWhileIdle() : what, routed, decoy);
        due = clock.now();
        return true;
    }

    /** Returns the peers to which something is being done that must be undone: the decoy, or one that is moved. */
    Set<PublicKey> used() {
        PublicKey peer = moved;
        return run == null ? Set.of() : peer == null ? Set.of(decoy) : Set.of(peer);
    }

    /** A step, and what was observed, if it was the last. */
    record Step(Duration pause, Optional<MoveReport> report) {}

    /**
     * Takes a step.
     *
     * @throws WireGuardException if the device is gone, or the agent is being closed
     */
    Step step() throws WireGuardException {
        MoveRun running = run;
        if (running == null) {
            return new Step(AT_ONCE, Optional.empty());
        }
        try {
            Duration pause = running.step();
            due = clock.now().plus(pause);
            Optional<MoveReport> report = running.report();
            if (report.isPresent()) {
                run = null;
                running.close();
            }
            return new Step(report.isPresent() ? AT_ONCE : pause, report);
        } catch (NoSuchDeviceException e) {
            run = null;
            running.close();
            throw e;
        } catch (CancelledException e) {
            // The agent is being closed, and undoes it then.
            throw e;
        } catch (WireGuardException e) {
            end();
            return new Step(AT_ONCE, Optional.of(running.failed()));
        }
    }

    /** Ends a move that is under way, and undoes what must not stay, if that can be done. */
    void end() {
        MoveRun running = run;
        run = null;
        if (running != null) {
            try {
                running.takeBack();
            } catch (WireGuardException e) {
                // The device is gone, or cannot be written: a decoy is noted in the store, and the next decision
                // looks at the endpoint again.
            } finally {
                running.close();
            }
        }
    }

    /**
     * Returns whether this host could send to an endpoint from several addresses. WireGuard forgets from which one it
     * did when an endpoint is written (socket.c), and the other side's NAT may know only that one.
     */
    private boolean hasSeveralSources(Device read, Endpoint direct) {
        Set<IpAddress> addresses = new HashSet<>(routes.addresses());
        addresses.removeAll(routes.addresses(device));
        return addresses.stream()
                        .filter(address -> address.isIpv6() == direct.address().isIpv6())
                        .filter(address -> !address.isLoopback() && !address.isLinkLocal())
                        .filter(address -> read.peers().stream().noneMatch(peer -> isInside(peer, address)))
                        .count()
                > 1;
    }

    private static boolean isInside(Peer peer, IpAddress address) {
        return peer.allowedIps().stream().anyMatch(prefix -> prefix.length() > 0 && prefix.contains(address));
    }

    private static Duration interval(Device read, PublicKey peer) {
        return read.peer(peer).flatMap(Peer::persistentKeepalive).orElse(Duration.ZERO);
    }

    private static PublicKey keyOfNobody() {
        byte[] bytes = new byte[PublicKey.LENGTH];
        new SecureRandom().nextBytes(bytes);
        return PublicKey.of(bytes);
    }
}
