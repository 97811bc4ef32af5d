package io.wgsd.relay;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.util.Objects;

/**
 * That a relay heard a member, by a packet that proves the member's identity. Immutable and thread-safe.
 *
 * @param member the member
 * @param at at which of the relay's addresses, as it was given to {@link RelayBuilder#listen}
 * @param source from where the packet came
 * @param nanos when it came, by the monotonic clock that {@link RelayBuilder#clock} has
 */
public record RelaySighting(PublicKey member, Endpoint at, Endpoint source, long nanos) {

    /**
     * Makes a sighting.
     *
     * @param member the member
     * @param at where the relay listens
     * @param source from where the packet came
     * @param nanos when it came
     */
    public RelaySighting {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(source, "source");
    }
}
