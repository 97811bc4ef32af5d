package io.wgsd.discovery.carrier;

import io.wgsd.discovery.carrier.CarriageStep.Kind;
import io.wgsd.internal.tls.Destination;
import io.wgsd.model.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides when packets are carried: a pure function of what is remembered and what is seen.
 *
 * <p>Connections are made once relay and registry have been silent for two seconds; that changes nothing on the device.
 * The registry's peer is carried only when its session is dead, the relay's when it has none or does not answer. While
 * they are carried, it is found out now and then, by the relay's peer alone, whether UDP gets through again.
 *
 * <p>Not thread-safe: one is made for each decision.
 */
final class CarriageDecider {

    /** How long relay and registry may be silent. */
    static final Duration SILENCE = Duration.ofSeconds(2);

    /** After how long a silence the relay itself is asked, which may have had nothing to answer. */
    static final Duration DOUBT = Duration.ofSeconds(1);

    /** After how long a silence it is not asked any more; the agent does that, more slowly. */
    static final Duration GIVEN_UP = Duration.ofSeconds(6);

    /** How long the relay may take to answer. */
    static final Duration ANSWER = Duration.ofSeconds(1);

    /** How often it is found out whether UDP gets through. */
    static final Duration BETWEEN_PROBES = Duration.ofSeconds(20);

    /** How long an answer may take. */
    static final Duration PROBE = Duration.ofSeconds(1);

    /** The registry answers what is asked, which may be nothing for a while. */
    static final Duration REGISTRY_PROBE = Duration.ofSeconds(3);

    /** How long a connection may be lost before UDP is used again, since nothing can be worse. */
    static final Duration LOST = Duration.ofSeconds(30);

    /** How long a connection is kept for packets that are under way. */
    static final Duration LINGER = Duration.ofSeconds(5);

    private final Map<Destination, LineSight> seen;
    private final Moment at;
    private final Map<Destination, LineMemory> lines = new EnumMap<>(Destination.class);
    private final List<CarriageStep> steps = new ArrayList<>();
    private @Nullable Moment begun;
    private @Nullable Moment leaving;

    /** What is decided. */
    record Decision(CarriageMemory memory, List<CarriageStep> steps) {}

    private CarriageDecider(CarriageMemory known, Map<Destination, LineSight> seen, Moment at) {
        this.seen = seen;
        this.at = at;
        begun = known.begun();
        leaving = known.leaving();
        seen.forEach((destination, sight) -> {
            LineMemory before = known.lines().get(destination);
            lines.put(
                    destination,
                    before == null
                            ? LineMemory.first(sight, at)
                            : before.read(sight, destination == Destination.RELAY, at));
        });
    }

    /**
     * Decides.
     *
     * @param seen the peers whose packets may be carried, those alone that the device has
     */
    static Decision decide(CarriageMemory known, Map<Destination, LineSight> seen, Moment at) {
        return new CarriageDecider(known, seen, at).decide();
    }

    private Decision decide() {
        leave();
        Optional<Moment> silent = silentSince();
        silent.map(at::since)
                .filter(lasts -> lasts.compareTo(DOUBT) >= 0 && lasts.compareTo(GIVEN_UP) < 0)
                .ifPresent(lasts -> ask());
        if (begun == null) {
            begin(silent);
        } else if (!isAnyCarried() && isAnyHeardSince(begun)) {
            end();
        } else if (isUdpThere() || isLost()) {
            returnAll();
        } else {
            carry(silent);
            probe();
        }
        return new Decision(new CarriageMemory(lines, begun, leaving), List.copyOf(steps));
    }

    private void leave() {
        Moment since = leaving;
        if (since != null && at.since(since).compareTo(LINGER) >= 0) {
            leaving = null;
            closeAll();
        }
    }

    private void ask() {
        LineMemory relay = lines.get(Destination.RELAY);
        if (relay != null && !relay.carried() && relay.session().isLive(at)) {
            add(Kind.ASK, Destination.RELAY);
        }
    }

    private void begin(Optional<Moment> silent) {
        if (isSilent(silent)) {
            begun = at;
            leaving = null;
            lines.keySet().forEach(each -> add(Kind.CONNECT, each));
        }
    }

    /** Returns since when what was sent to any of them has had no answer from any. */
    private Optional<Moment> silentSince() {
        Moment heard = null;
        for (LineMemory line : lines.values()) {
            heard = line.heard() != null && (heard == null || line.heard().isAfter(heard)) ? line.heard() : heard;
        }
        Moment since = null;
        for (LineMemory line : lines.values()) {
            Moment asked = isAfter(line.asked(), heard) ? line.asked() : line.askedLast();
            if (asked != null && isAfter(asked, heard) && (since == null || since.isAfter(asked))) {
                since = asked;
            }
        }
        return Optional.ofNullable(since);
    }

    private static boolean isAfter(@Nullable Moment one, @Nullable Moment other) {
        return one != null && (other == null || one.isAfter(other));
    }

    private void end() {
        begun = null;
        closeAll();
    }

    private boolean isSilent(Optional<Moment> since) {
        return since.isPresent() && at.since(since.get()).compareTo(SILENCE) >= 0;
    }

    private void carry(Optional<Moment> silent) {
        lines.replaceAll((destination, line) -> {
            LineSight sight = sight(destination);
            if (line.carried()) {
                return line;
            }
            add(Kind.CONNECT, destination);
            if (!sight.open() || !mayBeCarried(destination, line, isSilent(silent))) {
                return line;
            }
            add(Kind.CARRY, destination);
            return line.carrying(at);
        });
    }

    private boolean mayBeCarried(Destination destination, LineMemory line, boolean silent) {
        Moment asked = line.askedItself();
        boolean answersNothing = silent && asked != null && at.since(asked).compareTo(ANSWER) >= 0;
        return !line.session().isLive(at) || (destination == Destination.RELAY && answersNothing);
    }

    /** Returns whether WireGuard itself has found out that packets come by UDP, or a probe has. */
    private boolean isUdpThere() {
        return lines.entrySet().stream().anyMatch(each -> {
            LineMemory line = each.getValue();
            boolean byUdp = !sight(each.getKey()).overTls();
            return line.carried() && byUdp && (line.probing() == null || line.heardNow());
        });
    }

    private boolean isLost() {
        return lines.entrySet().stream()
                .anyMatch(each ->
                        each.getValue().carried() && sight(each.getKey()).down().compareTo(LOST) >= 0);
    }

    private void returnAll() {
        lines.replaceAll((destination, line) -> {
            if (line.carried()) {
                add(Kind.RETURN, destination);
            }
            return line.returned();
        });
        begun = null;
        leaving = at;
    }

    private void probe() {
        Destination by = isCarried(Destination.RELAY) ? Destination.RELAY : Destination.REGISTRY;
        Duration length = by == Destination.RELAY ? PROBE : REGISTRY_PROBE;
        lines.computeIfPresent(by, (destination, line) -> {
            Moment running = line.probing();
            if (running != null && at.since(running).compareTo(length) >= 0) {
                add(Kind.UNPROBE, destination);
                return line.probeEnded();
            }
            Moment before = line.probed();
            if (running == null
                    && line.carried()
                    && before != null
                    && at.since(before).compareTo(BETWEEN_PROBES) >= 0) {
                add(Kind.PROBE, destination);
                return line.probing(at);
            }
            return line;
        });
    }

    private boolean isAnyCarried() {
        return lines.values().stream().anyMatch(LineMemory::carried);
    }

    private boolean isCarried(Destination destination) {
        LineMemory line = lines.get(destination);
        return line != null && line.carried();
    }

    private boolean isAnyHeardSince(@Nullable Moment since) {
        return lines.values().stream().anyMatch(line -> isAfter(line.heard(), since));
    }

    private LineSight sight(Destination destination) {
        return Objects.requireNonNull(seen.get(destination), "sight");
    }

    private void closeAll() {
        for (Destination each : Destination.values()) {
            add(Kind.CLOSE, each);
        }
    }

    private void add(Kind kind, Destination destination) {
        steps.add(new CarriageStep(kind, destination));
    }
}
