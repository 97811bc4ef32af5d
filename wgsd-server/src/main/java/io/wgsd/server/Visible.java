package io.wgsd.server;

import io.wgsd.model.PublicKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which peers somebody sees.
 *
 * @param keys whose keys; empty for all there are
 */
record Visible(Optional<Set<PublicKey>> keys) {

    static final Visible ALL = new Visible(Optional.empty());

    static Visible only(Set<PublicKey> keys) {
        return new Visible(Optional.of(Set.copyOf(keys)));
    }

    Visible and(Set<PublicKey> more) {
        return keys.map(some -> {
                    Set<PublicKey> both = new HashSet<>(some);
                    both.addAll(more);
                    return only(both);
                })
                .orElse(this);
    }
}
