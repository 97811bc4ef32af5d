package io.wgsd.discovery.decide.move;

import io.wgsd.discovery.decide.move.MoveReport.Outcome;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import java.time.Duration;
import java.util.Optional;

/**
 * Opens this side's NAT by a decoy: a peer with a key that nobody has, at the other side's direct address. WireGuard
 * sends it an initiation, from the very socket from which the session's packets go, and the other side drops it. Nothing
 * of what the session sends is put at risk.
 *
 * <p>Not thread-safe: one is made for each decoy. It does nothing itself.
 */
public final class OpenSteps {

    /** How long WireGuard may take until it sends the initiation. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration LOOK = Duration.ofMillis(10);

    private final Moment begun;

    public OpenSteps(Moment begun) {
        this.begun = begun;
    }

    /**
     * Returns the next step, once the decoy is a peer of the device.
     *
     * @param decoy the decoy as it was read; empty if it is gone
     * @param at when it was read
     */
    public MoveStep next(Optional<Peer> decoy, Moment at) {
        if (decoy.filter(peer -> peer.statistics().txBytes() > 0).isPresent()) {
            return MoveStep.last(MoveStep.Act.NONE, Outcome.OPENED);
        }
        boolean waits = decoy.isPresent() && at.since(begun).compareTo(PATIENCE) < 0;
        return waits ? MoveStep.of(MoveStep.Act.NONE, LOOK) : MoveStep.last(MoveStep.Act.NONE, Outcome.NOT_OPENED);
    }
}
