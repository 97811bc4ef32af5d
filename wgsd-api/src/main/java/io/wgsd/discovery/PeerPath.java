package io.wgsd.discovery;

import io.wgsd.model.PublicKey;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way that packets take to a peer. Immutable and thread-safe. */
public final class PeerPath {

    private static final PeerPath DIRECT = new PeerPath(Kind.DIRECT, null);
    private static final PeerPath LOCAL = new PeerPath(Kind.LOCAL, null);

    private final Kind kind;
    private final @Nullable PublicKey relay;

    private PeerPath(Kind kind, @Nullable PublicKey relay) {
        this.kind = kind;
        this.relay = relay;
    }

    /** What kind of way it is. More may be added, so a {@code switch} over them needs a {@code default}. */
    public enum Kind {
        /** From this host's NAT to the peer's, with nothing in between that knows of WireGuard. */
        DIRECT,
        /** To a private address (RFC 1918, RFC 4193), within the network that both are in. */
        LOCAL,
        /** By a relay, which forwards the packets unread. */
        RELAY
    }

    /**
     * Returns the direct way.
     *
     * @return the path
     */
    public static PeerPath direct() {
        return DIRECT;
    }

    /**
     * Returns the way within the network that both are in.
     *
     * @return the path
     */
    public static PeerPath local() {
        return LOCAL;
    }

    /**
     * Returns a way by a relay.
     *
     * @param relay the relay's key
     * @return the path
     */
    public static PeerPath byRelay(PublicKey relay) {
        return new PeerPath(Kind.RELAY, Objects.requireNonNull(relay, "relay"));
    }

    /**
     * Returns what kind of way it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the relay that forwards the packets.
     *
     * @return its key; empty where there is none on the path
     */
    public Optional<PublicKey> relay() {
        return Optional.ofNullable(relay);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerPath that && kind == that.kind && Objects.equals(relay, that.relay);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, relay);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case DIRECT -> "direct";
            case LOCAL -> "in the local network";
            case RELAY -> "by relay " + relay;
        };
    }
}
