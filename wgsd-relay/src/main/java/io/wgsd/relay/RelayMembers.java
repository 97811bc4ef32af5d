package io.wgsd.relay;

import io.wgsd.model.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** For whom a relay works: its members, and who of them may reach whom. Immutable, and as thread-safe as its policy. */
public final class RelayMembers {

    /** How many members a relay has at most. */
    public static final int MAX = 65_536;

    private final List<PublicKey> keys;
    private final RelayPolicy policy;

    private RelayMembers(List<PublicKey> keys, RelayPolicy policy) {
        this.keys = keys;
        this.policy = policy;
    }

    /**
     * Returns members each of which may reach every other.
     *
     * @param keys the members' public keys; one that comes twice counts once
     * @return the members
     * @throws IllegalArgumentException if there are more than {@link #MAX}
     */
    public static RelayMembers of(Collection<PublicKey> keys) {
        Set<PublicKey> distinct = new TreeSet<>(keys);
        if (distinct.size() > MAX) {
            throw new IllegalArgumentException("a relay has at most " + MAX + " members, not " + distinct.size());
        }
        return new RelayMembers(List.copyOf(distinct), RelayPolicy.everyone());
    }

    /**
     * Returns the same members with another policy.
     *
     * @param next decides which members may reach which
     * @return the members
     */
    public RelayMembers withPolicy(RelayPolicy next) {
        return new RelayMembers(keys, Objects.requireNonNull(next, "policy"));
    }

    /**
     * Returns the members.
     *
     * @return their public keys, each once, in order
     */
    public List<PublicKey> keys() {
        return keys;
    }

    /**
     * Returns the policy that decides which members may reach which.
     *
     * @return the policy
     */
    public RelayPolicy policy() {
        return policy;
    }
}
