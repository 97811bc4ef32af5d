package io.wgsd.server.answer.access;

import io.wgsd.model.PublicKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which peers somebody sees.
 *
 * @param keys whose keys; empty for all there are
 */
public record Visible(Optional<Set<PublicKey>> keys) {

    public static final Visible ALL = new Visible(Optional.empty());

    public static Visible only(Set<PublicKey> keys) {
        return new Visible(Optional.of(Set.copyOf(keys)));
    }

    public Visible and(Set<PublicKey> more) {
        return keys.map(some -> {
                    Set<PublicKey> both = new HashSet<>(some);
                    both.addAll(more);
                    return only(both);
                })
                .orElse(this);
    }
}
