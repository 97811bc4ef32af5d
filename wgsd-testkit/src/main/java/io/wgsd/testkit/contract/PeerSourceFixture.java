package io.wgsd.testkit.contract;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.support.LoopbackHandshake;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@link PeerSourceContract} needs of a backend to test it: sources, and a WireGuard behind them whose devices it
 * can create, remove and disturb.
 *
 * <p>A new fixture is made for each test and closed after it. Three methods have no default, and the contract is of use
 * with those alone. The others each say what is tested with them; what a fixture cannot do is skipped, with the reason,
 * regardless of what {@link Lab} requires: that is about machines, not about backends. They are not for glossing over
 * what a backend gets wrong: where they describe a weakness, it is one of the WireGuard behind the backend, which no
 * backend can repair.
 */
public interface PeerSourceFixture extends AutoCloseable {

    /**
     * Opens a source that sees the devices of this fixture. The contract closes it; it may be called several times.
     *
     * @param options what the source must be opened with; the fixture may add settings of its backend
     * @return a new source
     * @throws Exception if it cannot be opened, which fails the test
     */
    PeerSource open(PeerSourceOptions options) throws Exception;

    /**
     * Creates a device that is up, without a key, a firewall mark or peers. At least two can exist at a time.
     *
     * @return its name
     * @throws Exception if it cannot be created, which fails the test
     */
    String createDevice() throws Exception;

    /**
     * Removes a device, by other means than a source; when this returns it is gone.
     *
     * @param device a name that {@link #createDevice()} returned
     * @throws Exception if it cannot be removed, which fails the test
     */
    void removeDevice(String device) throws Exception;

    /**
     * Changes a device as another program would, while sources are at work.
     *
     * @param device the device's name
     * @param change what to change
     * @throws Exception if it cannot be changed, which fails the test
     */
    default void changeFromOutside(String device, DeviceChange change) throws Exception {
        try (PeerSource another = open(PeerSourceOptions.defaults())) {
            another.apply(device, change);
        }
    }

    /**
     * Makes a device hang: until this is undone it answers nobody. With it, deadlines are tested, and that an interrupt
     * and {@code close()} end a call that waits.
     *
     * @param device the device's name
     * @return what makes it answer again; empty, as is the default, where it cannot be made to hang
     * @throws Exception if that fails, which fails the test
     */
    default Optional<Hang> hang(String device) throws Exception {
        return Optional.empty();
    }

    /**
     * Opens a source that is not permitted to read a device, as one of an unprivileged user is. With it, the error is
     * tested.
     *
     * @param device the device's name
     * @param options what the source must be opened with
     * @return a new source, which the contract closes; empty, as is the default, where permission cannot be dropped
     * @throws Exception if it cannot be opened, which fails the test
     */
    default Optional<PeerSource> openWithoutPermission(String device, PeerSourceOptions options) throws Exception {
        return Optional.empty();
    }

    /**
     * Has a device complete a handshake with a peer and exchange bytes both ways. With it, the time of handshakes is
     * tested.
     *
     * <p>By default the peer is another device of this fixture, which the first one reaches at 127.0.0.1.
     *
     * @param device the device's name
     * @return the peer's key
     * @throws Exception if that fails, which fails the test
     */
    default PublicKey addPeerWithHandshake(String device) throws Exception {
        return LoopbackHandshake.between(this, device, createDevice());
    }

    /**
     * Makes a device count bytes sent to a peer. With it, that a restart resets the statistics is tested.
     *
     * <p>By default the peer is given an endpoint that nobody answers at, and its keepalive is switched on and, once
     * something was counted, off: WireGuard then sends the first message of a handshake. It takes a device that is up
     * and has a private key.
     *
     * @param source a source
     * @param device the device's name
     * @param peer a peer that the device has, without a persistent keepalive
     * @return whether something is counted now
     * @throws Exception if that fails, which fails the test
     */
    default boolean countBytes(PeerSource source, String device, PublicKey peer) throws Exception {
        // Port 9 is "discard" (RFC 863).
        source.apply(
                device,
                DeviceChange.builder()
                        .peer(peer)
                        .updateOnly()
                        .endpoint(Endpoint.parse("127.0.0.1:9"))
                        .persistentKeepalive(Duration.ofSeconds(1))
                        .build());
        boolean counted = Await.becomesTrue(
                Await.LIMIT,
                () -> source.read(device)
                                .peer(peer)
                                .map(Peer::statistics)
                                .orElseThrow()
                                .txBytes()
                        != 0);
        source.apply(
                device,
                DeviceChange.builder()
                        .peer(peer)
                        .updateOnly()
                        .persistentKeepalive(Duration.ZERO)
                        .build());
        return counted;
    }

    /**
     * Returns whether {@code secrets()} works. A source of which it is said that it does not must throw {@code
     * UnsupportedException}.
     *
     * @return true by default; false for a WireGuard that keeps its keys to itself, such as boringtun
     */
    default boolean handsOutSecrets() {
        return true;
    }

    /**
     * Returns whether the WireGuard behind the backend keeps the scope of an IPv6 endpoint.
     *
     * @return true by default; false for one that drops it, as wireguard-go 0.0.20220316 makes {@code [fe80::1]:1} of
     *     {@code [fe80::1%eth0]:1}
     */
    default boolean keepsEndpointScopes() {
        return true;
    }

    /**
     * Returns an interface for the scopes of endpoints, by its name.
     *
     * @return the loopback's name on Linux, by default
     */
    default String linkName() {
        return "lo";
    }

    /**
     * Returns the same interface by its index.
     *
     * @return 1, by default, which is the loopback's on Linux
     */
    default int linkIndex() {
        return 1;
    }

    /**
     * Returns a timeout that no call exceeds on a device that answers, and that a test can wait for a few times.
     *
     * @return a quarter of a second by default; longer for a WireGuard that is far away
     */
    default Duration shortTimeout() {
        return Duration.ofMillis(250);
    }

    /**
     * Returns how often one program changes a device while another reads or changes it, in tests of their living
     * together.
     *
     * @return 60 by default; fewer for a backend whose calls take long
     */
    default int interferences() {
        return 60;
    }

    /**
     * Returns how often a source is opened, used and closed to see that nothing is lost.
     *
     * @return 10,000 by default; fewer for a backend that takes long to open
     */
    default int openReadCloseRounds() {
        return 10_000;
    }

    /**
     * Removes what is left of the devices and all else that the fixture made.
     *
     * @throws IOException if that fails, which fails the test
     */
    @Override
    void close() throws IOException;

    /** Makes a device answer again when it is closed. */
    interface Hang extends AutoCloseable {

        /**
         * Makes the device answer again; a second call does nothing.
         *
         * @throws IOException if that fails, which fails the test
         */
        @Override
        void close() throws IOException;
    }
}
