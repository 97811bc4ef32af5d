package io.wgsd.testkit.memory;

import io.wgsd.model.DeviceKind;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * WireGuard in memory: its devices change as those of the Linux kernel do (drivers/net/wireguard/netlink.c), and send
 * nothing.
 *
 * <p>Programs under test use it through {@link #source()} or {@link #provider}; tests make happen what otherwise the
 * network does through {@link MemoryDevice}, and what goes wrong through {@link #faults()}. All devices are up, and
 * share the UDP ports of one host. Every change is atomic. Thread-safe.
 */
public final class MemoryWireGuard {

    static final String BACKEND = "memory";

    private final MemoryFaults faults = new MemoryFaults();
    private final World world;

    private MemoryWireGuard(World world) {
        this.world = world;
    }

    /**
     * Returns a WireGuard without devices, which is like the kernel's.
     *
     * @param clock what tells the time of handshakes
     * @return a world of its own
     */
    public static MemoryWireGuard of(InstantSource clock) {
        return builder(clock).build();
    }

    /**
     * Begins a WireGuard without devices.
     *
     * @param clock what tells the time of handshakes
     * @return a builder, with what the kernel has
     */
    public static Builder builder(InstantSource clock) {
        return new Builder(clock);
    }

    /**
     * Creates a device, without a key or peers; it listens on any free port, as one of the kernel's does once it is up.
     *
     * @param name the interface's name
     * @return the device
     * @throws IllegalArgumentException if the name is none that an interface can have, or is taken
     */
    public MemoryDevice create(String name) {
        return world.create(name);
    }

    /**
     * Removes a device and wipes its secrets.
     *
     * @param name the device's name
     * @throws IllegalArgumentException if there is none
     */
    public void remove(String name) {
        world.remove(name);
    }

    /**
     * Gives a device another name.
     *
     * @param name the name that it has
     * @param newName the name that it gets
     * @throws IllegalArgumentException if there is no such device, or the new name is taken or none that an interface
     *     can have
     */
    public void rename(String name, String newName) {
        world.rename(name, newName);
    }

    /**
     * Returns a device.
     *
     * @param name the device's name
     * @return the device; empty where there is none of that name
     */
    public Optional<MemoryDevice> device(String name) {
        return world.device(name);
    }

    /**
     * Returns a source over this WireGuard with the default options, whose backend is called "memory".
     *
     * @return a source, which the caller closes
     */
    public PeerSource source() {
        return source(PeerSourceOptions.defaults());
    }

    /**
     * Returns a source over this WireGuard, whose backend is called "memory".
     *
     * @param options how to open it
     * @return a source, which the caller closes
     */
    public PeerSource source(PeerSourceOptions options) {
        return new MemoryPeerSource(world, faults, BACKEND, options.timeout());
    }

    /**
     * Returns this WireGuard as a backend.
     *
     * @param name the backend's name
     * @param priority its place in line
     * @return a provider, for {@code PeerSources.of}
     */
    public MemoryPeerSourceProvider provider(String name, int priority) {
        return new MemoryPeerSourceProvider(world, faults, name, priority);
    }

    /**
     * Returns what makes sources over this WireGuard fail.
     *
     * @return the same object each time
     */
    public MemoryFaults faults() {
        return faults;
    }

    /**
     * Adds a listener, which is called with each change of a device from now on.
     *
     * @param listener what is called
     */
    public void addListener(MemoryListener listener) {
        world.announcer.add(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Removes a listener, which is not called any more.
     *
     * @param listener what was called
     */
    public void removeListener(MemoryListener listener) {
        world.announcer.remove(listener);
    }

    /** Collects how a WireGuard differs from the kernel's; not thread-safe. */
    public static final class Builder {

        /** As drivers/net/wireguard/messages.h has it. */
        private static final int MAX_PEERS_PER_DEVICE = 1 << 20;

        private final InstantSource clock;
        private DeviceKind kind = DeviceKind.KERNEL;
        private IntSupplier ports = PortSpace.ascending();
        private int maxPeers = MAX_PEERS_PER_DEVICE;
        private Function<? super SecretKey, PublicKey> publicKeys = SecretKey::publicKey;
        private Capabilities capabilities = Capabilities.builder()
                .atomicUpdateOnly(true)
                .atomicRestart(true)
                .singlePrefixRemoval(true)
                .consistentSnapshot(true)
                .handshakePrecision(Duration.ofNanos(1))
                .build();

        private Builder(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
        }

        /**
         * Sets where the devices say that their WireGuard runs.
         *
         * @param value {@link DeviceKind#KERNEL} by default
         * @return this
         */
        public Builder kind(DeviceKind value) {
            kind = Objects.requireNonNull(value, "kind");
            return this;
        }

        /**
         * Sets what the sources say they can do, to play a lesser backend: without atomic restart they refuse restarts,
         * and with a handshake precision of a second they cut the rest off. The other ones change nothing but what is
         * said.
         *
         * @param value all of them by default, with a precision of one nanosecond
         * @return this
         */
        public Builder capabilities(Capabilities value) {
            capabilities = Objects.requireNonNull(value, "capabilities");
            return this;
        }

        /**
         * Sets what names the ports to be tried where any free one will do.
         *
         * @param value names 1 to 65535, another one each time; by default it counts up from 49152
         * @return this
         */
        public Builder ports(IntSupplier value) {
            ports = Objects.requireNonNull(value, "ports");
            return this;
        }

        /**
         * Sets how many peers a device can have.
         *
         * @param value 1048576 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxPeers(int value) {
            if (value < 0) {
                throw new IllegalArgumentException("most peers must be 0 or more, was " + value);
            }
            maxPeers = value;
            return this;
        }

        /**
         * Sets how the public key that belongs to a private key is found.
         *
         * @param value {@link SecretKey#publicKey()} by default; a test that makes thousands of devices with the same
         *     few keys may look them up instead; it must not keep the key that it is given
         * @return this
         */
        public Builder publicKeys(Function<? super SecretKey, PublicKey> value) {
            publicKeys = Objects.requireNonNull(value, "publicKeys");
            return this;
        }

        /**
         * Returns the WireGuard.
         *
         * @return a world of its own
         */
        public MemoryWireGuard build() {
            return new MemoryWireGuard(
                    new World(clock, kind, capabilities, new PortSpace(ports), maxPeers, publicKeys));
        }
    }
}
