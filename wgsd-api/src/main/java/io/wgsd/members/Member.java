package io.wgsd.members;

import io.wgsd.members.text.MemberNames;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A host that belongs to a network: its key, its name, and the addresses that are its own.
 *
 * <p>It says nothing about where the host is reached at the moment, except for registries and relays, whose endpoints do
 * not change. Immutable and thread-safe.
 */
public final class Member {

    /** How many prefixes a member has at most. */
    public static final int MAX_ALLOWED_IPS = 256;
    /** How many groups a member is in at most. */
    public static final int MAX_GROUPS = 16;
    /** How many endpoints a registry or a relay has at most. */
    public static final int MAX_ENDPOINTS = 16;

    private final PublicKey publicKey;
    private final String name;
    private final MemberRole role;
    private final List<IpPrefix> allowedIps;
    private final List<Endpoint> endpoints;
    private final NavigableSet<String> groups;
    private final boolean disabled;

    private Member(Builder builder) {
        publicKey = builder.publicKey;
        name = builder.name;
        role = builder.role;
        allowedIps = List.copyOf(builder.allowedIps);
        endpoints = builder.endpoints.stream().distinct().toList();
        groups = Collections.unmodifiableNavigableSet(new TreeSet<>(builder.groups));
        disabled = builder.disabled;
        checkCount("allowed IPs", allowedIps, MAX_ALLOWED_IPS);
        checkCount("groups", groups, MAX_GROUPS);
        checkCount("endpoints", endpoints, MAX_ENDPOINTS);
        if (role == MemberRole.MEMBER && !endpoints.isEmpty()) {
            throw new FormatException(
                    "member", name, "has an endpoint, which registries and relays alone have; leave it out");
        }
        if (role != MemberRole.MEMBER && endpoints.isEmpty()) {
            throw new FormatException(
                    role.text(), name, "needs an endpoint at which hosts reach it, as in 192.0.2.1:51820");
        }
        if (role != MemberRole.RELAY && allowedIps.isEmpty()) {
            throw new FormatException(role.text(), name, "needs an address in the network, as in 10.0.0.2/32");
        }
    }

    /**
     * Begins a member without addresses or groups.
     *
     * @param publicKey the host's key
     * @param name a host name of 1 to 50 characters in any letter case, which becomes lower case
     * @return a builder
     * @throws FormatException if the name is no host name, reads as an address, or means something else to resolvers
     */
    public static Builder builder(PublicKey publicKey, String name) {
        return new Builder(publicKey, MemberNames.name(name));
    }

    /**
     * Returns a builder that has all of this member.
     *
     * @return a builder of an equal member
     */
    public Builder toBuilder() {
        Builder copy =
                new Builder(publicKey, name).role(role).allowedIps(allowedIps).disabled(disabled);
        endpoints.forEach(copy::endpoint);
        groups.forEach(copy::group);
        return copy;
    }

    /**
     * Returns the host's key.
     *
     * @return the key
     */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Returns what people call the host.
     *
     * @return a host name of one label, in lower case
     */
    public String name() {
        return name;
    }

    /**
     * Returns what the host is to the others.
     *
     * @return the role
     */
    public MemberRole role() {
        return role;
    }

    /**
     * Returns the addresses that others may send to the host, and accept from it.
     *
     * @return the prefixes in ascending order, each once; none only for a relay; unmodifiable
     */
    public List<IpPrefix> allowedIps() {
        return allowedIps;
    }

    /**
     * Returns the addresses that the host itself has.
     *
     * @return those of {@link #allowedIps()} that are single addresses, in ascending order
     */
    public List<IpAddress> addresses() {
        return allowedIps.stream()
                .filter(prefix -> prefix.length() == prefix.network().bitLength())
                .map(IpPrefix::network)
                .toList();
    }

    /**
     * Returns where a registry or a relay is reached.
     *
     * @return the endpoints, the preferred one first; none for other members; unmodifiable
     */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /**
     * Returns the groups that the host is in.
     *
     * @return their names in lower case and ascending order; unmodifiable
     */
    public NavigableSet<String> groups() {
        return groups;
    }

    /**
     * Returns whether the host is no member for now: it keeps key, name and addresses, which nobody else can get.
     *
     * @return whether the zone leaves it out
     */
    public boolean isDisabled() {
        return disabled;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Member that
                && publicKey.equals(that.publicKey)
                && name.equals(that.name)
                && role == that.role
                && allowedIps.equals(that.allowedIps)
                && endpoints.equals(that.endpoints)
                && groups.equals(that.groups)
                && disabled == that.disabled;
    }

    @Override
    public int hashCode() {
        return Objects.hash(publicKey, name);
    }

    /** Returns the line that a network's file has for it. */
    @Override
    public String toString() {
        return MemberLine.text(this);
    }

    private void checkCount(String what, Collection<?> values, int most) {
        if (values.size() > most) {
            throw new FormatException(
                    role.text(), name, "has " + values.size() + " " + what + "; it may have " + most + " at most");
        }
    }

    /** Collects what a member has; not thread-safe. */
    public static final class Builder {

        private final PublicKey publicKey;
        private String name;
        private final NavigableSet<IpPrefix> allowedIps = new TreeSet<>();
        private final List<Endpoint> endpoints = new ArrayList<>();
        private final NavigableSet<String> groups = new TreeSet<>();
        private MemberRole role = MemberRole.MEMBER;
        private boolean disabled;

        private Builder(PublicKey publicKey, String name) {
            this.publicKey = Objects.requireNonNull(publicKey, "publicKey");
            this.name = name;
        }

        /**
         * Sets what people call the host.
         *
         * @param value a host name of 1 to 50 characters in any letter case, which becomes lower case
         * @return this
         * @throws FormatException as {@link Member#builder}
         */
        public Builder name(String value) {
            name = MemberNames.name(value);
            return this;
        }

        /**
         * Sets what the host is to the others; {@link MemberRole#MEMBER} where it is not called.
         *
         * @param value the role
         * @return this
         */
        public Builder role(MemberRole value) {
            role = Objects.requireNonNull(value, "role");
            return this;
        }

        /**
         * Adds addresses of the host, or a network behind it.
         *
         * @param prefix the prefix
         * @return this
         */
        public Builder allowedIp(IpPrefix prefix) {
            allowedIps.add(Objects.requireNonNull(prefix, "prefix"));
            return this;
        }

        /**
         * Adds several prefixes.
         *
         * @param prefixes the prefixes
         * @return this
         */
        public Builder allowedIps(Collection<IpPrefix> prefixes) {
            prefixes.forEach(this::allowedIp);
            return this;
        }

        /**
         * Adds an endpoint of a registry or a relay.
         *
         * @param endpoint where it is reached, after those that were added before
         * @return this
         */
        public Builder endpoint(Endpoint endpoint) {
            endpoints.add(Objects.requireNonNull(endpoint, "endpoint"));
            return this;
        }

        /**
         * Adds a group.
         *
         * @param group 1 to 32 letters, digits and hyphens in any letter case, which become lower case
         * @return this
         * @throws FormatException if it is anything else
         */
        public Builder group(String group) {
            groups.add(MemberNames.group(group));
            return this;
        }

        /**
         * Sets whether the host is no member for now.
         *
         * @param value whether the zone is to leave it out
         * @return this
         */
        public Builder disabled(boolean value) {
            disabled = value;
            return this;
        }

        /**
         * Returns the member.
         *
         * @return a new value
         * @throws FormatException if there are too many of something, a registry or relay has no endpoint, another
         *     member has one, or a host other than a relay has no address
         */
        public Member build() {
            return new Member(this);
        }
    }
}
