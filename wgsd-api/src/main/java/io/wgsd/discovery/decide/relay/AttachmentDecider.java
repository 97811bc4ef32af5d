package io.wgsd.discovery.decide.relay;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.RelayStatus.State;
import io.wgsd.internal.Durations;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one relay: whether it works, and what is to be written.
 *
 * <p>Not thread-safe: one is made for each decision.
 */
final class AttachmentDecider {

    /** Shorter than NATs keep a mapping (RFC 4787, section 4.3, has two minutes; many have 30 s). */
    static final Duration KEEPALIVE = Duration.ofSeconds(25);

    /** Used where this host's port was seen to change again and again: its NAT forgets a mapping in less than that. */
    static final Duration SHORT_KEEPALIVE = Duration.ofSeconds(15);

    /** How much later than a keepalive its answer may be seen, besides the round trip. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    /** How long a peer may be silent before its relay is tested. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    /** Peers may be silent for good reasons, so tests for them are not more frequent. */
    private static final Duration BETWEEN_TESTS = Duration.ofSeconds(10);

    /** Where many peers lose their sessions one after the other, one test serves several. */
    private static final Duration BETWEEN_NEEDS = Duration.ofSeconds(1);

    /** WireGuard repeats an initiation after five seconds (REKEY_TIMEOUT). */
    private static final Duration ATTACHING_PAUSE = Duration.ofSeconds(6);

    private static final Duration PATIENCE = Duration.ofSeconds(12);

    /** What is replaced is kept for some time: others may have it in use, and what replaces it may fail again. */
    private static final Duration LINGER = Duration.ofMinutes(5);

    /** After this long without a loss, a loss counts as the first one. */
    private static final Duration LASTING = Duration.ofMinutes(10);

    /** After so many losses another relay is used meanwhile. */
    private static final int LOSSES = 3;

    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    private static final Duration LONGEST_PUT_BACK = Duration.ofMinutes(5);

    private final RelaySight seen;
    private final Duration interval;
    private final Moment at;
    private final boolean announced;
    private final boolean chosen;
    private final Attachment.Draft now;
    private final State before;
    private final boolean wasAdded;
    private @Nullable DeviceChange change;

    /**
     * Begins.
     *
     * @param read how they stand, this reading included
     * @param interval the persistent keepalive that it is to have
     * @param chosen whether this host is to attach to it
     */
    AttachmentDecider(Attachment read, RelaySight seen, Duration interval, boolean announced, boolean chosen) {
        this.seen = seen;
        this.interval = interval;
        this.announced = announced;
        this.chosen = chosen;
        at = seen.at();
        now = new Attachment.Draft(read);
        before = read.state();
        wasAdded = read.added();
    }

    AttachmentDecider decide() {
        Peer peer = now.peer;
        if (peer != null && now.added && !peer.allowedIps().isEmpty()) {
            // Somebody has made it a peer of theirs.
            now.added = false;
        }
        now.unwanted = chosen ? null : Objects.requireNonNullElse(now.unwanted, at);
        if (peer == null) {
            absent();
        } else if (!now.added) {
            foreign(peer);
        } else if (!chosen && !lingers() && now.due.hasCome(at)) {
            change = DeviceChange.builder().peer(key()).remove().build();
            leave();
        } else {
            attached(peer);
            keepInterval(peer);
        }
        return this;
    }

    /** Returns how they stand now; empty where there is nothing to remember. */
    Optional<Attachment> attachment() {
        return announced || now.added ? Optional.of(now.attachment()) : Optional.empty();
    }

    Optional<DeviceChange> change() {
        return Optional.ofNullable(change);
    }

    boolean isAdded() {
        return now.added && change != null && now.peer == null;
    }

    /** Returns whether the agent need not remove it any more, once the change is written. */
    boolean isRemoved() {
        return wasAdded && !now.added;
    }

    List<AgentEvent> events() {
        if (before != State.UP && now.state == State.UP) {
            return endpoint()
                    .<List<AgentEvent>>map(where -> List.of(new AgentEvent.RelayUp(key(), where)))
                    .orElse(List.of());
        }
        boolean lost = before == State.UP && now.state != State.UP;
        boolean failed = before == State.ATTACHING && now.state == State.DOWN;
        return lost || failed
                ? List.of(new AgentEvent.RelayDown(
                        key(), "relay " + key() + " " + Objects.requireNonNullElse(now.reason, "")))
                : List.of();
    }

    Duration lookAgainIn() {
        RelayCheck test = now.test;
        if (test != null) {
            return Duration.ofMillis(50);
        }
        return now.state == State.ATTACHING ? Duration.ofMillis(200) : Duration.ofSeconds(1);
    }

    private PublicKey key() {
        return now.relay.publicKey();
    }

    private Optional<Endpoint> endpoint() {
        return Optional.ofNullable(now.peer).flatMap(Peer::endpoint);
    }

    private boolean isLive() {
        return now.session != null && now.session.isLive(at);
    }

    private boolean lingers() {
        Moment since = Objects.requireNonNullElse(now.unwanted, at);
        return now.state == State.UP
                && (seen.used().contains(key()) || at.since(since).compareTo(LINGER) < 0);
    }

    private void leave() {
        now.added = false;
        now.missing = false;
        now.test = null;
        now.heard = null;
        now.attempts = 0;
        now.losses = 0;
        now.due = at;
        now.in(State.UNUSED, why(), at);
    }

    /** Returns why it is not used. */
    private String why() {
        if (!announced) {
            return "is not announced by any registry any more";
        }
        return now.relay
                .refusal()
                .orElse(
                        seen.kept().contains(key())
                                ? "is kept, so it is not added"
                                : "is not needed: " + RelayOrder.ATTACHED + " that come before it work");
    }

    private void absent() {
        if (now.added && !now.missing) {
            now.missing = true;
            now.losses++;
            Duration pause = pause(Duration.ofSeconds(1), now.losses - 1, LONGEST_PUT_BACK);
            now.due = at.plus(pause);
            now.in(
                    now.losses < LOSSES ? State.ATTACHING : State.DOWN,
                    "was taken off the device, and is put back " + pause.toSeconds() + " s after that",
                    at);
        }
        if (!chosen) {
            leave();
        } else if (now.due.hasCome(at) && !now.relay.endpoints().isEmpty()) {
            change = DeviceChange.builder()
                    .peer(key())
                    .endpoint(now.relay.endpoints().get(0))
                    .persistentKeepalive(interval)
                    .build();
            now.added = true;
            now.missing = false;
            now.attempts = 0;
            now.due = at.plus(ATTACHING_PAUSE);
            now.in(State.ATTACHING, null, at);
            now.since = at;
        }
    }

    /** Watches a peer that somebody else has made, and does not write it. */
    private void foreign(Peer peer) {
        now.test = null;
        boolean overdue = peer.persistentKeepalive()
                .filter(keepalive -> isOverdue(keepalive))
                .isPresent();
        if (!announced) {
            now.in(State.UNUSED, why(), at);
        } else if (isLive() && now.heard != null && !overdue) {
            now.in(State.UP, null, at);
        } else if (now.state == State.UNUSED) {
            now.in(State.ATTACHING, null, at);
        } else if (now.state == State.UP || isOutOfPatience()) {
            now.in(State.DOWN, silence() + "; somebody else has added it to the device, so it is left as it is", at);
        }
    }

    private void attached(Peer peer) {
        now.missing = false;
        if (now.heardNow && isLive()) {
            now.losses = now.state == State.UP && at.since(now.since).compareTo(LASTING) >= 0 ? 0 : now.losses;
            now.in(State.UP, null, at);
            now.test = null;
            now.attempts = 0;
            now.due = at;
            return;
        }
        if (now.state == State.UP) {
            test();
        } else if (now.state == State.ATTACHING && isOutOfPatience()) {
            now.in(State.DOWN, silence(), at);
        }
        if (now.state != State.UP && now.due.hasCome(at)) {
            attempt(peer);
        }
    }

    /** Gives the peer the other interval, where it has one of those that are used. What others have set stays. */
    private void keepInterval(Peer peer) {
        Duration other = interval.equals(KEEPALIVE) ? SHORT_KEEPALIVE : KEEPALIVE;
        if (change == null && now.due.hasCome(at) && peer.persistentKeepalive().equals(Optional.of(other))) {
            sendKeepalive(null);
        }
    }

    private boolean isOutOfPatience() {
        return now.state == State.ATTACHING && at.since(now.since).compareTo(PATIENCE) >= 0;
    }

    private boolean isOverdue(Duration keepalive) {
        Duration limit = keepalive.plus(SLACK).plus(seen.roundTrip());
        return at.since(Objects.requireNonNullElse(now.heard, now.since)).compareTo(limit) > 0;
    }

    private boolean isSuspicious() {
        Moment silent = seen.silent().get(key());
        Moment heard = now.heard;
        boolean blamed = silent != null
                && silent.plus(SILENCE).hasCome(at)
                && (heard == null || silent.isAfter(heard))
                && (now.tested == null || at.since(now.tested).compareTo(BETWEEN_TESTS) >= 0);
        return blamed || isNeeded() || !isLive() || isOverdue(interval);
    }

    /**
     * A peer has lost its session. What cut that may have changed where this host's packets come from, and only
     * something that this host sends shows the relay where that is now.
     */
    private boolean isNeeded() {
        Moment needed = seen.needed().get(key());
        Moment tested = now.tested;
        return needed != null
                && (tested == null
                        || (needed.isAfter(tested) && at.since(tested).compareTo(BETWEEN_NEEDS) >= 0));
    }

    private void test() {
        RelayCheck running = now.test;
        if (running == null) {
            if (!now.due.hasCome(at) || !isSuspicious()) {
                return;
            }
            running = new RelayCheck(at, 0);
            now.tested = at;
        }
        if (running.due().hasCome(at)) {
            if (running.sent() == RelayCheck.KEEPALIVES) {
                now.test = null;
                now.attempts = 0;
                now.due = at;
                now.in(State.DOWN, silence() + ", not even to " + RelayCheck.KEEPALIVES + " keepalives", at);
                return;
            }
            sendKeepalive(null);
            running = running.next();
        }
        now.test = running;
    }

    /** Tries again, at the next of the relay's addresses. */
    private void attempt(Peer peer) {
        List<Endpoint> endpoints = now.relay.endpoints();
        Endpoint next = null;
        if (!endpoints.isEmpty()) {
            int known = peer.endpoint().map(endpoints::indexOf).orElse(-1);
            next = endpoints.get((known + 1) % endpoints.size());
        }
        sendKeepalive(peer.endpoint().equals(Optional.ofNullable(next)) ? null : next);
        now.due = at.plus(
                now.state == State.ATTACHING ? ATTACHING_PAUSE : pause(FIRST_RETRY, now.attempts, LONGEST_RETRY));
        now.attempts++;
    }

    /** WireGuard sends a keepalive at once where the interval was 0 before (netlink.c, set_peer). */
    private void sendKeepalive(@Nullable Endpoint endpoint) {
        DeviceChange.Builder next = DeviceChange.builder();
        PeerChange.Builder off = next.peer(key()).updateOnly().persistentKeepalive(Duration.ZERO);
        if (endpoint != null) {
            off.endpoint(endpoint);
        }
        change = off.peer(key()).updateOnly().persistentKeepalive(interval).build();
    }

    private String silence() {
        String where = endpoint().map(endpoint -> " at " + endpoint).orElse("");
        Moment heard = now.heard;
        return "does not answer" + where
                + (heard == null
                        ? ": no handshake was completed"
                        : ": nothing has come from it for " + at.since(heard).toSeconds() + " s");
    }

    private static Duration pause(Duration first, int doubled, Duration most) {
        return Durations.min(first.multipliedBy(1L << Math.min(doubled, 10)), most);
    }
}
