package io.wgsd.testkit.net.relay;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import org.jspecify.annotations.Nullable;

/** A member, and where it sends from; plain data of {@link Roster}. */
final class Member {

    final PublicKey key;

    @Nullable
    Endpoint source;

    Member(PublicKey key) {
        this.key = key;
    }

    @Override
    public String toString() {
        return key + (source == null ? "" : " at " + source);
    }
}
