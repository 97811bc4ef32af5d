package io.wgsd.dnssd;

import io.wgsd.model.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.xbill.DNS.Name;

/** What a zone has besides its peers. Immutable and thread-safe. */
public final class ZoneOptions {

    private final DnsSdNames names;
    private final Name nameServer;
    private final List<IpAddress> nameServerAddresses;
    private final boolean instanceAddresses;
    private final Duration peerTtl;

    private ZoneOptions(Builder builder) {
        names = builder.names;
        nameServer = builder.nameServer;
        nameServerAddresses = List.copyOf(builder.nameServerAddresses);
        instanceAddresses = builder.instanceAddresses;
        peerTtl = builder.peerTtl;
    }

    /**
     * Begins the options of a zone whose name server is {@code ns1} in it.
     *
     * @param names the zone's names
     * @return a builder
     */
    public static Builder builder(DnsSdNames names) {
        return new Builder(names);
    }

    /**
     * Returns the zone's names.
     *
     * @return the names
     */
    public DnsSdNames names() {
        return names;
    }

    /**
     * Returns the name of the zone's primary name server.
     *
     * @return the name in SOA and NS
     */
    public Name nameServer() {
        return nameServer;
    }

    /**
     * Returns the addresses of a name server that is in the zone itself.
     *
     * @return the addresses; empty where the zone does not give any
     */
    public List<IpAddress> nameServerAddresses() {
        return nameServerAddresses;
    }

    /**
     * Returns whether service instances have addresses of their own, next to the host's.
     *
     * @return true by default, for clients that look there
     */
    public boolean instanceAddresses() {
        return instanceAddresses;
    }

    /**
     * Returns how long resolvers may keep what belongs to peers.
     *
     * @return 0 by default, as the original's
     */
    public Duration peerTtl() {
        return peerTtl;
    }

    /**
     * Returns these options with the name server's addresses.
     *
     * @param addresses where the name server is reached
     * @return new options
     */
    public ZoneOptions withNameServerAddresses(Collection<IpAddress> addresses) {
        Builder copy = new Builder(names);
        copy.nameServer = nameServer;
        copy.nameServerAddresses.addAll(addresses);
        copy.instanceAddresses = instanceAddresses;
        copy.peerTtl = peerTtl;
        return copy.build();
    }

    /**
     * Returns whether each peer has the same records in zones of either options, whatever else these zones have.
     *
     * @param other other options
     * @return whether origin, the peers' TTL, and whether instances have addresses, are equal
     */
    public boolean samePeerRecords(ZoneOptions other) {
        return names.origin().equals(other.names.origin())
                && instanceAddresses == other.instanceAddresses
                && peerTtl.equals(other.peerTtl);
    }

    /** Gathers a zone's options; not thread-safe. */
    public static final class Builder {

        private final DnsSdNames names;
        private final List<IpAddress> nameServerAddresses = new ArrayList<>();
        private Name nameServer;
        private boolean instanceAddresses = true;
        private Duration peerTtl = Duration.ZERO;

        private Builder(DnsSdNames names) {
            this.names = names;
            nameServer = DnsSdNames.child("ns1", names.origin());
        }

        /**
         * Sets the name of the zone's primary name server.
         *
         * @param name an absolute name, in the zone or outside
         * @return this
         * @throws IllegalArgumentException if the name is relative
         */
        public Builder nameServer(Name name) {
            if (!name.isAbsolute()) {
                throw new IllegalArgumentException("name server must be an absolute name, was " + name);
            }
            nameServer = name;
            return this;
        }

        /**
         * Adds an address of the name server, which the zone gives where the name server is in it.
         *
         * @param address the address
         * @return this
         */
        public Builder nameServerAddress(IpAddress address) {
            nameServerAddresses.add(Objects.requireNonNull(address, "address").unmapped());
            return this;
        }

        /**
         * Says whether service instances have addresses of their own; a name server that checks names, as BIND does for a
         * primary zone, wants none.
         *
         * @param value whether they have
         * @return this
         */
        public Builder instanceAddresses(boolean value) {
            instanceAddresses = value;
            return this;
        }

        /**
         * Sets how long resolvers may keep what belongs to peers.
         *
         * @param ttl whole seconds
         * @return this
         * @throws IllegalArgumentException if the TTL is out of range
         */
        public Builder peerTtl(Duration ttl) {
            Ttl.seconds(ttl);
            peerTtl = ttl;
            return this;
        }

        /**
         * Returns the options.
         *
         * @return a new value
         */
        public ZoneOptions build() {
            return new ZoneOptions(this);
        }
    }
}
