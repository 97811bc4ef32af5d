package io.wgsd.members;

import io.wgsd.members.text.MemberNames;
import io.wgsd.model.IpPrefix;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What a host lets its network's owner do to its device: which members it takes, and which prefixes at most.
 *
 * <p>By default it takes all members, with all prefixes but default routes. Immutable and thread-safe.
 */
public final class MembershipPolicy {

    /** How many peers are made where nothing else is said. */
    public static final int MAX_PEERS = 10_000;

    private final NavigableSet<String> groups;
    private final List<IpPrefix> within;
    private final List<IpPrefix> hostNetworks;
    private final int maxPeers;
    private final boolean defaultRoute;
    private final boolean removeOnExpiry;

    private MembershipPolicy(Builder builder) {
        groups = Collections.unmodifiableNavigableSet(new TreeSet<>(builder.groups));
        within = List.copyOf(builder.within);
        hostNetworks = List.copyOf(builder.hostNetworks);
        maxPeers = builder.maxPeers;
        defaultRoute = builder.defaultRoute;
        removeOnExpiry = builder.removeOnExpiry;
    }

    /**
     * Begins a policy.
     *
     * @return a builder of the default policy
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the groups of which members are taken.
     *
     * @return their names; none where members of all groups are, and those of no group
     */
    public NavigableSet<String> groups() {
        return groups;
    }

    /**
     * Returns the networks to which members' prefixes must belong.
     *
     * @return the networks; none where any will do
     */
    public List<IpPrefix> within() {
        return within;
    }

    /**
     * Returns the networks that this host reaches without the device, of which no member gets any part.
     *
     * @return the networks
     */
    public List<IpPrefix> hostNetworks() {
        return hostNetworks;
    }

    /**
     * Returns how many peers are made at most.
     *
     * @return 0 to {@link Network#MAX_MEMBERS}
     */
    public int maxPeers() {
        return maxPeers;
    }

    /**
     * Returns whether a member may have a default route, or pieces of one.
     *
     * @return false by default
     */
    public boolean isDefaultRoute() {
        return defaultRoute;
    }

    /**
     * Returns whether all that was made is removed when the zone's signatures have expired, registries aside.
     *
     * @return false by default
     */
    public boolean isRemoveOnExpiry() {
        return removeOnExpiry;
    }

    /** Returns all settings. */
    @Override
    public String toString() {
        return "MembershipPolicy[groups " + groups + ", within " + within + ", hostNetworks " + hostNetworks
                + ", maxPeers " + maxPeers + ", defaultRoute " + defaultRoute + ", removeOnExpiry " + removeOnExpiry
                + "]";
    }

    /** Collects what a policy says; not thread-safe. */
    public static final class Builder {

        private final NavigableSet<String> groups = new TreeSet<>();
        private final NavigableSet<IpPrefix> within = new TreeSet<>();
        private final NavigableSet<IpPrefix> hostNetworks = new TreeSet<>();
        private int maxPeers = MAX_PEERS;
        private boolean defaultRoute;
        private boolean removeOnExpiry;

        private Builder() {}

        /**
         * Takes members of a group, and of the others that are named; registries are taken in any case.
         *
         * @param group its name in any letter case
         * @return this
         * @throws io.wgsd.model.FormatException if it is no name of a group
         */
        public Builder group(String group) {
            groups.add(MemberNames.group(group));
            return this;
        }

        /**
         * Limits members' prefixes to networks.
         *
         * @param networks to one of which each prefix must belong
         * @return this
         */
        public Builder within(Collection<IpPrefix> networks) {
            within.addAll(networks);
            return this;
        }

        /**
         * Names networks that this host reaches without the device.
         *
         * @param networks of which no member gets any part
         * @return this
         */
        public Builder hostNetworks(Collection<IpPrefix> networks) {
            hostNetworks.addAll(networks);
            return this;
        }

        /**
         * Sets how many peers are made at most.
         *
         * @param peers 0 to {@link Network#MAX_MEMBERS}
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder maxPeers(int peers) {
            if (peers < 0 || peers > Network.MAX_MEMBERS) {
                throw new IllegalArgumentException("maxPeers must be 0.." + Network.MAX_MEMBERS + ", was " + peers);
            }
            maxPeers = peers;
            return this;
        }

        /**
         * Sets whether a member may have a default route.
         *
         * @param value whether all of the host's traffic may go to a member
         * @return this
         */
        public Builder defaultRoute(boolean value) {
            defaultRoute = value;
            return this;
        }

        /**
         * Sets whether all that was made is removed when the zone's signatures have expired.
         *
         * @param value whether an owner who does not sign ends the network
         * @return this
         */
        public Builder removeOnExpiry(boolean value) {
            removeOnExpiry = value;
            return this;
        }

        /**
         * Returns the policy.
         *
         * @return a new value
         */
        public MembershipPolicy build() {
            return new MembershipPolicy(this);
        }
    }
}
