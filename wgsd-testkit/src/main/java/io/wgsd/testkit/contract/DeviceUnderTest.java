package io.wgsd.testkit.contract;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;

/**
 * A fresh device, a source over it and the fixture that they are from, for one test. It is as safe for concurrent use
 * as these are.
 */
public final class DeviceUnderTest {

    private final PeerSourceFixture fixture;
    private final PeerSource source;
    private final String name;

    DeviceUnderTest(PeerSourceFixture fixture, PeerSource source, String name) {
        this.fixture = fixture;
        this.source = source;
        this.name = name;
    }

    /**
     * Returns what the device was made with.
     *
     * @return the fixture, which the contract closes
     */
    public PeerSourceFixture fixture() {
        return fixture;
    }

    /**
     * Returns the source that is tested.
     *
     * @return the source, which the contract closes
     */
    public PeerSource source() {
        return source;
    }

    /**
     * Returns the device's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Reads the device through the source.
     *
     * @return the device as it is now
     * @throws WireGuardException if it cannot be read
     */
    public Device read() throws WireGuardException {
        return source.read(name);
    }

    /**
     * Reads the device through the source and picks a peer.
     *
     * @param key the peer's key
     * @return the peer as it is now
     * @throws WireGuardException if the device cannot be read
     * @throws AssertionError if it has no such peer
     */
    public Peer read(PublicKey key) throws WireGuardException {
        Device device = read();
        return device.peer(key)
                .orElseThrow(() -> new AssertionError("the peer " + key + " should be there, but there are only "
                        + device.peers().stream().map(Peer::publicKey).toList()));
    }

    /**
     * Changes the device through the source.
     *
     * @param change what to change
     * @throws WireGuardException if it cannot be changed
     */
    public void apply(DeviceChange change) throws WireGuardException {
        source.apply(name, change);
    }

    /**
     * Asks the source what it can do.
     *
     * @return the capabilities for the device
     * @throws WireGuardException if they cannot be found out
     */
    public Capabilities capabilities() throws WireGuardException {
        return source.capabilities(name);
    }
}
