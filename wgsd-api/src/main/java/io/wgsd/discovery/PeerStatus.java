package io.wgsd.discovery;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an agent knows about one peer. Immutable and thread-safe. */
public final class PeerStatus {

    private final PublicKey publicKey;
    private final PeerState state;
    private final Instant since;
    private final @Nullable Endpoint endpoint;
    private final @Nullable Endpoint advertised;
    private final @Nullable String reason;

    PeerStatus(
            PublicKey publicKey,
            PeerState state,
            Instant since,
            @Nullable Endpoint endpoint,
            @Nullable Endpoint advertised,
            @Nullable String reason) {
        this.publicKey = publicKey;
        this.state = state;
        this.since = since;
        this.endpoint = endpoint;
        this.advertised = advertised;
        this.reason = reason;
    }

    /**
     * Returns the peer.
     *
     * @return its key
     */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Returns what is done about the peer.
     *
     * @return the state
     */
    public PeerState state() {
        return state;
    }

    /**
     * Returns when the peer came into this state.
     *
     * @return the time by this host's wall clock as it was when this status was told; what has passed since is measured by a
     *     monotonic clock, so that setting the wall clock does not change it
     */
    public Instant since() {
        return since;
    }

    /**
     * Returns where WireGuard sends the peer's packets.
     *
     * @return the endpoint as it was read last; empty where there is none
     */
    public Optional<Endpoint> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /**
     * Returns where the newest advertisement says that the peer is.
     *
     * @return the endpoint; empty where no registry has advertised one
     */
    public Optional<Endpoint> advertised() {
        return Optional.ofNullable(advertised);
    }

    /**
     * Returns why the peer is in this state, where that does not go without saying.
     *
     * @return one line, what was seen, and the causes that fit, the commonest first
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerStatus that
                && publicKey.equals(that.publicKey)
                && state == that.state
                && since.equals(that.since)
                && Objects.equals(endpoint, that.endpoint)
                && Objects.equals(advertised, that.advertised)
                && Objects.equals(reason, that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(publicKey, state, since, endpoint, advertised, reason);
    }

    @Override
    public String toString() {
        // An endpoint that it happens to have is not what it waits for.
        String where = endpoint == null ? "" : state == PeerState.WAITING ? ", and has " + endpoint : " at " + endpoint;
        return publicKey + " is " + state + where + (reason == null ? "" : ": " + reason);
    }
}
