package io.wgsd.testkit.memory;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.WireGuardException;
import java.time.Instant;
import java.util.Optional;

/**
 * A device of a {@link MemoryWireGuard} as WireGuard itself and other programs have it: here a test makes happen what
 * on a real device the network does.
 *
 * <p>Faults do not concern it. Once the device has been removed, all methods but {@link #name()} and {@link
 * #isRemoved()} throw {@link IllegalStateException}. Thread-safe.
 */
public final class MemoryDevice {

    private final World world;
    private final DeviceState state;

    MemoryDevice(World world, DeviceState state) {
        this.world = world;
        this.state = state;
    }

    DeviceState state() {
        return state;
    }

    /**
     * Returns the device's present name.
     *
     * @return the name, its last one where it has been removed
     */
    public String name() {
        return world.locked(() -> state.name);
    }

    /**
     * Returns whether the device is gone.
     *
     * @return whether it has been removed
     */
    public boolean isRemoved() {
        return world.locked(() -> state.removed);
    }

    /**
     * Returns the device as it is now.
     *
     * @return what {@code PeerSource.read} returns
     */
    public Device read() {
        return world.locked(() -> world.snapshot(existing()));
    }

    /**
     * Returns a peer as it is now.
     *
     * @param key the peer's key
     * @return the peer; empty where there is none with that key
     */
    public Optional<Peer> peer(PublicKey key) {
        return world.locked(() -> Optional.ofNullable(existing().peers.get(key)).map(PeerState::snapshot));
    }

    /**
     * Returns copies of the device's secrets.
     *
     * @return the keys, which the caller closes
     */
    public DeviceSecrets secrets() {
        return world.locked(() -> existing().secrets());
    }

    /**
     * Changes the device as another program would.
     *
     * @param change what to change
     * @throws WireGuardException as {@code PeerSource.apply} does
     */
    public void apply(DeviceChange change) throws WireGuardException {
        world.locked(() -> {
            ErrorOrigin origin = ErrorOrigin.of(MemoryWireGuard.BACKEND).device(existing().name);
            return world.apply(this, origin, change, new MemoryFaults());
        });
    }

    /**
     * Sets where a peer is reached as WireGuard does when an authenticated packet came from there
     * (drivers/net/wireguard/ socket.c, wg_socket_set_peer_endpoint_from_skb).
     *
     * @param peer the peer's key
     * @param from where the packet came from
     * @throws IllegalArgumentException if the device has no such peer
     */
    public void roam(PublicKey peer, Endpoint from) {
        world.locked(() -> {
            existing(peer).endpoint(from);
            return true;
        });
    }

    /**
     * Records a handshake with a peer that has just ended, by the clock of this WireGuard.
     *
     * @param peer the peer's key
     * @throws IllegalArgumentException if the device has no such peer
     */
    public void recordHandshake(PublicKey peer) {
        recordHandshake(peer, world.now());
    }

    /**
     * Records a handshake with a peer.
     *
     * @param peer the peer's key
     * @param at when it ended, by the wall clock of this WireGuard's host
     * @throws IllegalArgumentException if the device has no such peer
     */
    public void recordHandshake(PublicKey peer, Instant at) {
        world.locked(() -> {
            existing(peer).handshake(at);
            return true;
        });
    }

    /**
     * Counts bytes that went between the device and a peer.
     *
     * @param peer the peer's key
     * @param rxBytes how many more were received from it, unsigned
     * @param txBytes how many more were sent to it, unsigned
     * @throws IllegalArgumentException if the device has no such peer
     */
    public void count(PublicKey peer, long rxBytes, long txBytes) {
        world.locked(() -> {
            existing(peer).count(rxBytes, txBytes);
            return true;
        });
    }

    @Override
    public String toString() {
        return "MemoryDevice[" + name() + "]";
    }

    private DeviceState existing() {
        if (state.removed) {
            throw new IllegalStateException("device \"" + state.name + "\" has been removed");
        }
        return state;
    }

    private PeerState existing(PublicKey key) {
        PeerState peer = existing().peers.get(key);
        if (peer == null) {
            throw new IllegalArgumentException("device \"" + state.name + "\" has no peer " + key);
        }
        return peer;
    }
}
