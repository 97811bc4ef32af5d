package io.wgsd.dnssd;

import io.wgsd.dnssd.records.Ttl;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** What a zone has besides its peers. Immutable and thread-safe. */
public final class ZoneOptions {

    private static final int MAX_RELAYS = 64;

    private final DnsSdNames names;
    private final List<NameServer> nameServers;
    private final boolean instanceAddresses;
    private final Duration peerTtl;
    private final @Nullable Integer listLimit;
    private final List<RelayAdvertisement> relays;
    private final Optional<List<DSRecord>> members;
    private final List<Record> moreRecords;

    private ZoneOptions(Builder builder) {
        names = builder.names;
        nameServers = builder.nameServers();
        instanceAddresses = builder.instanceAddresses;
        peerTtl = builder.peerTtl;
        listLimit = builder.listLimit;
        relays = List.copyOf(builder.relays.values());
        members = builder.members;
        moreRecords = builder.moreRecords;
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
     * Returns the zone's name servers.
     *
     * @return at least one, of which the first is the primary
     */
    public List<NameServer> nameServers() {
        return nameServers;
    }

    /**
     * Returns the name of the zone's primary name server.
     *
     * @return the name in the SOA, and in the first NS
     */
    public Name nameServer() {
        return nameServers.get(0).name();
    }

    /**
     * Returns the addresses of the primary name server.
     *
     * @return the addresses, which the zone gives where the name is in it; empty where the zone does not give any
     */
    public List<IpAddress> nameServerAddresses() {
        return nameServers.get(0).addresses();
    }

    /**
     * Returns how many peers a list holds where it is not to hold as many as there is room for.
     *
     * @return 1 to {@link DnsSdNames#maxListed()}; empty by default
     */
    public OptionalInt listLimit() {
        return listLimit == null ? OptionalInt.empty() : OptionalInt.of(listLimit);
    }

    /**
     * Returns how many peers a list holds.
     *
     * @param list as in {@link DnsSdNames#maxListed(Name)}
     * @return {@link #listLimit()}, or less where there is no room for that
     */
    public int maxListed(Name list) {
        int room = names.maxListed(list);
        return listLimit == null ? room : Math.min(room, listLimit);
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
     * @return a second by default
     */
    public Duration peerTtl() {
        return peerTtl;
    }

    /**
     * Returns the relays that the zone announces.
     *
     * @return the relays in ascending order of their keys; none by default
     */
    public List<RelayAdvertisement> relays() {
        return relays;
    }

    /**
     * Returns whether {@code members} below the zone is delegated, as a zone of its own.
     *
     * @return its DS records, perhaps none; empty where it is not delegated
     */
    public Optional<List<DSRecord>> members() {
        return members;
    }

    /**
     * Returns these options with more relays.
     *
     * @param more relays; one with a key that is there already replaces that one
     * @return new options
     * @throws IllegalArgumentException as in {@link Builder#relay}
     */
    public ZoneOptions withRelays(Collection<RelayAdvertisement> more) {
        Builder copy = copy();
        more.forEach(copy::relay);
        return copy.build();
    }

    /**
     * Returns what else the zone has.
     *
     * @return records at names of their own; none by default
     */
    public List<Record> moreRecords() {
        return moreRecords;
    }

    /**
     * Returns these options with other records besides all that the zone has of its own.
     *
     * @param records records of class IN, below the origin, none of them at a name that peers, lists or relays have; in
     *     place of those from before
     * @return new options
     * @throws IllegalArgumentException if a record is elsewhere
     */
    public ZoneOptions withMoreRecords(List<Record> records) {
        for (Record record : records) {
            Name name = record.getName();
            if (!name.subdomain(names.origin())
                    || name.equals(names.origin())
                    || names.key(name).isPresent()
                    || names.relayKey(name).isPresent()
                    || names.isList(name)) {
                throw new IllegalArgumentException(
                        "more records must be at names of their own below " + names + ", but one is at " + name);
            }
        }
        Builder copy = copy();
        copy.moreRecords = List.copyOf(records);
        return copy.build();
    }

    /**
     * Returns these options with the primary name server's addresses.
     *
     * @param addresses where the primary name server is reached
     * @return new options
     */
    public ZoneOptions withNameServerAddresses(Collection<IpAddress> addresses) {
        Builder copy = copy();
        copy.servers.set(0, copy.servers.get(0).with(addresses));
        return copy.build();
    }

    private Builder copy() {
        Builder copy = new Builder(names);
        copy.servers.addAll(nameServers);
        copy.instanceAddresses = instanceAddresses;
        copy.peerTtl = peerTtl;
        copy.listLimit = listLimit;
        relays.forEach(copy::relay);
        copy.members = members;
        copy.moreRecords = moreRecords;
        return copy;
    }

    /**
     * Returns whether each peer has the same records in zones of either options, regardless of what else these zones
     * have.
     *
     * @param other other options
     * @return whether origin, the peers' TTL, and whether instances have addresses, are equal
     */
    public boolean samePeerRecords(ZoneOptions other) {
        return names.origin().equals(other.names.origin())
                && instanceAddresses == other.instanceAddresses
                && peerTtl.equals(other.peerTtl);
    }

    boolean samePeersAndLists(ZoneOptions other) {
        return samePeerRecords(other) && listLimit().equals(other.listLimit());
    }

    /** Collects a zone's options; not thread-safe. */
    public static final class Builder {

        private final DnsSdNames names;
        private final List<NameServer> servers = new ArrayList<>();
        private final List<IpAddress> nameServerAddresses = new ArrayList<>();
        private boolean instanceAddresses = true;
        private Duration peerTtl = Duration.ofSeconds(1);
        private @Nullable Integer listLimit;
        private Optional<List<DSRecord>> members = Optional.empty();
        private final NavigableMap<PublicKey, RelayAdvertisement> relays = new TreeMap<>();
        private List<Record> moreRecords = List.of();

        private Builder(DnsSdNames names) {
            this.names = names;
        }

        /**
         * Adds a name server, in place of {@code ns1} in the zone; the first one is the primary.
         *
         * @param server the name server; one with a name in the zone needs an address, except for the primary, for
         *     which a registry gives its own
         * @return this
         * @throws IllegalArgumentException if it is named already, has the name of a peer's host, lacks an address in
         *     the zone, or has one outside, where the zone cannot give it
         */
        public Builder nameServer(NameServer server) {
            Name name = Objects.requireNonNull(server, "server").name();
            if (servers.stream().anyMatch(other -> other.name().equals(name))) {
                throw new IllegalArgumentException("name server " + name + " is named twice");
            }
            if (names.key(name).isPresent()) {
                throw new IllegalArgumentException(
                        "name server " + name + " has the name of a peer's host; give it another");
            }
            boolean inZone = name.subdomain(names.origin());
            if (inZone && server.addresses().isEmpty() && !servers.isEmpty()) {
                throw new IllegalArgumentException("name server " + name + " is in the zone " + names
                        + " and therefore needs an address, as in " + name + "=192.0.2.2");
            }
            if (!inZone && !server.addresses().isEmpty()) {
                throw new IllegalArgumentException("name server " + name + " is not in the zone " + names
                        + ", which therefore cannot have its addresses; give the name alone");
            }
            servers.add(server);
            return this;
        }

        /**
         * Adds an address of {@code ns1} in the zone, which is the name server where none is named.
         *
         * @param address the address
         * @return this
         */
        public Builder nameServerAddress(IpAddress address) {
            nameServerAddresses.add(Objects.requireNonNull(address, "address").unmapped());
            return this;
        }

        private List<NameServer> nameServers() {
            if (!servers.isEmpty()) {
                if (!nameServerAddresses.isEmpty()) {
                    throw new IllegalArgumentException(
                            "ns1 has an address, but other name servers are named; give the address with one of these");
                }
                return List.copyOf(servers);
            }
            return List.of(new NameServer(DnsSdNames.child("ns1", names.origin()), nameServerAddresses));
        }

        /**
         * Sets how many peers a list holds at most, for resolvers that take no more; the others are on the lists of
         * subtypes.
         *
         * @param peers 1 to {@link DnsSdNames#maxListed()}; 100 for resolvers of BIND and dnsmasq
         * @return this
         * @throws IllegalArgumentException if it is another number
         */
        public Builder listLimit(int peers) {
            if (peers < 1 || peers > names.maxListed()) {
                throw new IllegalArgumentException("list limit must be 1.." + names.maxListed() + " in the zone "
                        + names + ", where no list holds more, was " + peers);
            }
            listLimit = peers;
            return this;
        }

        /**
         * Adds a relay that the zone announces (RFC 6763), in place of one with the same key.
         *
         * <p>A peer with a relay's key is not served, since a key has one host name.
         *
         * @param relay the relay
         * @return this
         * @throws IllegalArgumentException if there would be more than 64, or the zone's name is too long for relays
         */
        public Builder relay(RelayAdvertisement relay) {
            names.relay(relay.publicKey());
            if (relays.size() >= MAX_RELAYS && !relays.containsKey(relay.publicKey())) {
                throw new IllegalArgumentException("a zone announces at most " + MAX_RELAYS + " relays");
            }
            relays.put(relay.publicKey(), relay);
            return this;
        }

        /**
         * Delegates {@code members} below the zone, a zone of its own, to the same name servers.
         *
         * @param ds its DS records, where this zone is signed
         * @return this
         */
        public Builder members(Collection<DSRecord> ds) {
            members = Optional.of(List.copyOf(ds));
            return this;
        }

        /**
         * Sets whether service instances have addresses of their own; a name server that checks names, as BIND does for
         * a primary zone, refuses them.
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
         * <p>With 0, as the original has it, Unbound with {@code serve-expired} never replaces a denial that it once
         * had.
         *
         * @param ttl whole seconds, one by default
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
