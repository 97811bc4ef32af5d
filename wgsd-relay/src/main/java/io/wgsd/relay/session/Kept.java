package io.wgsd.relay.session;

import io.wgsd.model.PublicKey;
import io.wgsd.relay.noise.Timestamp;
import io.wgsd.relay.roster.Source;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the relay's sessions must not forget: without it recorded initiations could be repeated after a restart, and
 * members would wait until they send something themselves. Immutable and thread-safe.
 *
 * @param last the greatest timestamp of the relay's own initiations
 * @param members what is known of each member
 */
public record Kept(Timestamp last, Map<PublicKey, KeptMember> members) {

    /**
     * Copies the map.
     *
     * @param last the greatest timestamp of the relay's own initiations
     * @param members what is known of each member
     */
    public Kept {
        members = Map.copyOf(members);
    }

    /**
     * What is known of a member.
     *
     * @param greatest the greatest timestamp of its initiations
     * @param source where it was heard last; null where it is not attached
     */
    public record KeptMember(Timestamp greatest, @Nullable Source source) {}

    /**
     * Returns what is known before there is anything.
     *
     * @return nothing
     */
    public static Kept nothing() {
        return new Kept(Timestamp.NONE, Map.of());
    }
}
