package io.wgsd.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A WireGuard device as it was at one time: its own settings and its peers, without any secret.
 *
 * <p>Immutable and thread-safe.
 */
public final class Device {

    private static final int MAX_PORT = 65535;
    private static final long MAX_MARK = 0xffff_ffffL;

    private final String name;
    private final DeviceKind kind;
    private final @Nullable PublicKey publicKey;
    private final int listenPort;
    private final long firewallMark;
    private final List<Peer> peers;

    private Device(Builder builder) {
        name = builder.name;
        kind = builder.kind;
        publicKey = builder.publicKey;
        listenPort = builder.listenPort;
        firewallMark = builder.firewallMark;
        Device earlier = builder.earlier;
        peers = earlier == null
                ? sorted(builder.peers)
                : areThose(builder.peers, earlier.peers) ? earlier.peers : shared(sorted(builder.peers), earlier.peers);
    }

    /**
     * Begins a device without a key, port, mark or peers.
     *
     * @param name the interface's name
     * @param kind where its WireGuard runs
     * @return a builder
     * @throws FormatException if the name is none that an interface can have
     */
    public static Builder builder(String name, DeviceKind kind) {
        return new Builder(checkName(name), kind);
    }

    /**
     * Returns a name that an interface can have, unchanged.
     *
     * @param name 1 to 15 printable ASCII characters without blank, quote, {@code / : % [ ] \}, not beginning with "-"
     *     and neither "." nor ".."; narrower than the kernel's dev_valid_name, so that a name is safe in paths and on
     *     command lines
     * @return the name
     * @throws FormatException if it is anything else
     */
    public static String checkName(String name) {
        if (!DeviceNames.isInterfaceName(name)) {
            throw new FormatException(
                    "device name",
                    name,
                    "must be 1..15 printable ASCII characters without blanks, quotes or any of / : % [ ] \\,"
                            + " must not begin with \"-\", and must be neither \".\" nor \"..\"");
        }
        return name;
    }

    /**
     * Returns why {@link #checkName} refuses a name.
     *
     * @param name any text
     * @return the reason, without the name; empty where it does not refuse it
     */
    public static Optional<String> whyNoName(String name) {
        try {
            checkName(name);
            return Optional.empty();
        } catch (FormatException e) {
            return Optional.of(e.reason());
        }
    }

    /**
     * Returns the interface's name.
     *
     * @return as in {@code wg0}
     */
    public String name() {
        return name;
    }

    /**
     * Returns where the device's WireGuard runs.
     *
     * @return kernel or userspace
     */
    public DeviceKind kind() {
        return kind;
    }

    /**
     * Returns the device's own public key.
     *
     * @return the key; empty where the device has no private key
     */
    public Optional<PublicKey> publicKey() {
        return Optional.ofNullable(publicKey);
    }

    /**
     * Returns the UDP port that the device listens on.
     *
     * @return 1 to 65535; 0 where none has been chosen yet
     */
    public int listenPort() {
        return listenPort;
    }

    /**
     * Returns the mark that the device puts on its packets for routing and firewall rules.
     *
     * @return 0 to 4294967295, where 0 is off
     */
    public long firewallMark() {
        return firewallMark;
    }

    /**
     * Returns the peers.
     *
     * @return the peers in ascending order of their keys; unmodifiable
     */
    public List<Peer> peers() {
        return peers;
    }

    /**
     * Returns the peer that has a key, in logarithmic time.
     *
     * @param key a public key
     * @return the peer; empty where the device has none with that key
     */
    public Optional<Peer> peer(PublicKey key) {
        int low = 0;
        int high = peers.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = peers.get(middle).publicKey().compareTo(key);
            if (order == 0) {
                return Optional.of(peers.get(middle));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Device that
                && name.equals(that.name)
                && kind == that.kind
                && Objects.equals(publicKey, that.publicKey)
                && listenPort == that.listenPort
                && firewallMark == that.firewallMark
                && peers.equals(that.peers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, kind, publicKey, listenPort, firewallMark, peers);
    }

    /** Returns the settings and the number of peers. */
    @Override
    public String toString() {
        return "Device[" + name + ", " + kind + ", publicKey=" + (publicKey == null ? "none" : publicKey)
                + ", listenPort=" + listenPort + ", firewallMark=" + firewallMark + ", " + peers.size() + " peers]";
    }

    private static List<Peer> sorted(List<Peer> peers) {
        Peer[] sorted = peers.toArray(Peer[]::new);
        Arrays.sort(sorted, (one, other) -> one.publicKey().compareTo(other.publicKey()));
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i - 1].publicKey().equals(sorted[i].publicKey())) {
                throw new IllegalArgumentException("two peers have the public key " + sorted[i].publicKey());
            }
        }
        return Collections.unmodifiableList(Arrays.asList(sorted));
    }

    /** Returns whether peers are the very ones of an earlier reading, without a look at any of them. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean areThose(List<Peer> peers, List<Peer> earlier) {
        boolean same = peers.size() == earlier.size();
        for (int i = 0; same && i < peers.size(); i++) {
            same = peers.get(i) == earlier.get(i);
        }
        return same;
    }

    /**
     * Walks over both lists at once, for both have the order of the keys: a search for each peer took longer than
     * reading it.
     */
    private static List<Peer> shared(List<Peer> peers, List<Peer> earlier) {
        Peer[] shared = new Peer[peers.size()];
        boolean same = peers.size() == earlier.size();
        int at = 0;
        for (int i = 0; i < shared.length; i++) {
            Peer read = peers.get(i);
            while (at < earlier.size() && earlier.get(at).publicKey().compareTo(read.publicKey()) < 0) {
                at++;
            }
            Peer before = at < earlier.size() ? earlier.get(at) : null;
            shared[i] = before == null ? read : read.sharing(before);
            same = same && before != null && shared[i].equals(before);
        }
        return same ? earlier : Collections.unmodifiableList(Arrays.asList(shared));
    }

    /** Collects a device's fields; not thread-safe. */
    public static final class Builder {

        private final String name;
        private final DeviceKind kind;
        private final ArrayList<Peer> peers = new ArrayList<>();
        private @Nullable PublicKey publicKey;
        private int listenPort;
        private long firewallMark;
        private @Nullable Device earlier;

        private Builder(String name, DeviceKind kind) {
            this.name = name;
            this.kind = Objects.requireNonNull(kind, "kind");
        }

        /**
         * Sets the device's own public key.
         *
         * @param value the key
         * @return this
         */
        public Builder publicKey(PublicKey value) {
            publicKey = Objects.requireNonNull(value, "publicKey");
            return this;
        }

        /**
         * Sets the UDP port that the device listens on.
         *
         * @param port 0 (none chosen) to 65535
         * @return this
         * @throws IllegalArgumentException if the port is out of range
         */
        public Builder listenPort(int port) {
            listenPort = checkListenPort(port);
            return this;
        }

        /**
         * Sets the firewall mark.
         *
         * @param mark 0 (off) to 4294967295
         * @return this
         * @throws IllegalArgumentException if the mark is out of range
         */
        public Builder firewallMark(long mark) {
            firewallMark = checkFirewallMark(mark);
            return this;
        }

        /**
         * Adds a peer.
         *
         * @param peer the peer, in any order
         * @return this
         */
        public Builder peer(Peer peer) {
            peers.add(Objects.requireNonNull(peer, "peer"));
            return this;
        }

        /**
         * Adds several peers.
         *
         * @param several the peers, in any order
         * @return this
         */
        public Builder peers(Collection<Peer> several) {
            several.forEach(each -> Objects.requireNonNull(each, "peer"));
            peers.addAll(several);
            return this;
        }

        /**
         * Sets an earlier reading, with which this one shares what is equal: a peer, or else its configuration.
         *
         * <p>The device that is built is equal with and without it.
         *
         * @param reading what was read before, of this device or of another; null for none
         * @return this
         */
        public Builder sharing(@Nullable Device reading) {
            earlier = reading;
            return this;
        }

        /**
         * Returns the device.
         *
         * @return a new value
         * @throws IllegalArgumentException if two peers have the same key
         */
        public Device build() {
            return new Device(this);
        }
    }

    static int checkListenPort(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("listen port must be 0 (any) to " + MAX_PORT + ", was " + port);
        }
        return port;
    }

    static long checkFirewallMark(long mark) {
        if (mark < 0 || mark > MAX_MARK) {
            throw new IllegalArgumentException("firewall mark must be 0 (off) to " + MAX_MARK + ", was " + mark);
        }
        return mark;
    }
}
