package io.wgsd.server.answer;

import io.wgsd.model.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * What an asker may have, and what speaks for it. Immutable and thread-safe.
 *
 * @param access what it may have
 * @param peer whose address it asks from; null where it is no peer
 * @param known whether the way of arrival vouches for the address, as far as this system can tell; where not, an answer may
 *     go to somebody who did not ask
 */
public record Grant(Access access, @Nullable PublicKey peer, boolean known) {

    /** What there is to say before the device has been read. */
    public static final Grant REFUSAL = new Grant(Access.REFUSAL, null, false);

    /** Returns what an asker may have who has shown a key: the more of what either grants, and of the whole zone. */
    Grant withKey(Access byKey) {
        return new Grant(byKey.compareTo(access) > 0 ? byKey : access, null, true);
    }
}
