package io.wgsd.server;

import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.access.VisibilityRules;
import io.wgsd.server.answer.access.Visible;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which peers are visible to which: all to all, or those that it names.
 *
 * <p>What is hidden from a client does not exist for it: not in answers, lists, counts or serials. This host,
 * secondaries and holders of a key see the whole zone. Everybody sees the registry itself, where it is advertised.
 * Immutable and thread-safe.
 */
public final class VisibilityPolicy {

    private static final VisibilityPolicy EVERYONE = new VisibilityPolicy(VisibilityRules.EVERYONE);

    private final VisibilityRules rules;

    private VisibilityPolicy(VisibilityRules rules) {
        this.rules = rules;
    }

    /**
     * Returns the policy that hides nothing.
     *
     * @return the default
     */
    public static VisibilityPolicy everyone() {
        return EVERYONE;
    }

    /**
     * Begins a policy that hides every peer from all others, except for what is added.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns whether a peer is visible to another, for what decides by the same policy, such as a relay.
     *
     * @param viewer the key of the peer that looks
     * @param peer the key of the peer that is looked for; where it is the registry's own, everybody sees it besides
     * @return whether the viewer may know of it
     */
    public boolean sees(PublicKey viewer, PublicKey peer) {
        return rules.exceptions()
                .getOrDefault(viewer, rules.others())
                .keys()
                .map(seen -> seen.contains(peer))
                .orElse(true);
    }

    VisibilityRules rules() {
        return rules;
    }

    /** Collects who sees whom; not thread-safe. */
    public static final class Builder {

        private final Map<PublicKey, Set<PublicKey>> seen = new HashMap<>();
        private final Set<PublicKey> seeingAll = new HashSet<>();
        private final Set<PublicKey> visible = new HashSet<>();

        private Builder() {}

        /**
         * Lets some peers see each other.
         *
         * @param members their keys; a peer may be a member of several groups
         * @return this
         */
        public Builder group(Collection<PublicKey> members) {
            Set<PublicKey> all = copy("members", members);
            all.forEach(member -> sees(member, all));
            return this;
        }

        /**
         * Lets one peer see others, but not the reverse.
         *
         * @param viewer the peer that sees the others
         * @param peers the peers that are seen
         * @return this
         */
        public Builder sees(PublicKey viewer, Collection<PublicKey> peers) {
            seen.computeIfAbsent(Objects.requireNonNull(viewer, "viewer"), key -> new HashSet<>())
                    .addAll(copy("peers", peers));
            return this;
        }

        /**
         * Lets one peer see all others.
         *
         * @param viewer the peer that sees the others
         * @return this
         */
        public Builder seesAll(PublicKey viewer) {
            seeingAll.add(Objects.requireNonNull(viewer, "viewer"));
            return this;
        }

        /**
         * Lets everyone see some peers: all peers, and outsiders who are allowed to ask.
         *
         * @param peers the peers that are seen
         * @return this
         */
        public Builder seenByAll(Collection<PublicKey> peers) {
            visible.addAll(copy("peers", peers));
            return this;
        }

        private static Set<PublicKey> copy(String name, Collection<PublicKey> keys) {
            return Set.copyOf(Objects.requireNonNull(keys, name));
        }

        /**
         * Makes the policy.
         *
         * @return the policy
         */
        public VisibilityPolicy build() {
            Map<PublicKey, Visible> exceptions = new HashMap<>();
            Visible others = Visible.only(visible);
            seen.forEach((viewer, peers) -> exceptions.put(viewer, others.and(peers)));
            seeingAll.forEach(viewer -> exceptions.put(viewer, Visible.ALL));
            return new VisibilityPolicy(new VisibilityRules(exceptions, others, others));
        }
    }
}
