package io.wgsd.server.answer.access;

import io.wgsd.model.PublicKey;
import java.util.Map;

/**
 * Which peers are visible to whom. Immutable and thread-safe.
 *
 * @param exceptions what those peers see who do not see the same as the others
 * @param others what all other peers see
 * @param outsiders what those see who are no peers
 */
public record VisibilityRules(Map<PublicKey, Visible> exceptions, Visible others, Visible outsiders) {

    /** Nothing is hidden from anyone. */
    public static final VisibilityRules EVERYONE = new VisibilityRules(Map.of(), Visible.ALL, Visible.ALL);

    public VisibilityRules {
        exceptions = Map.copyOf(exceptions);
    }
}
