package io.wgsd.discovery;

import io.wgsd.discovery.carrier.Carriages;
import io.wgsd.discovery.carrier.CarriedDevice;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A peer source that carries a device's packets to the relay and to the registry over TLS where no UDP gets through.
 *
 * <p>An agent gets it in place of the source that it wraps. It decides with each reading, as the agent makes them. While
 * packets are carried, the relay's peer and the peers behind it have the endpoint of a socket on the loopback interface,
 * and so has the registry's peer, once its session is dead; readings show the endpoints that they would have otherwise.
 * They get these back when UDP gets through again, which is found out every 20 seconds, and when this is closed.
 *
 * <p>Closing it leaves the wrapped source open. Thread-safe.
 */
public final class TlsCarriage implements PeerSource {

    private final PeerSource source;
    private final String device;
    private final CarriedDevice carried;

    private TlsCarriage(Builder builder) throws IOException {
        source = builder.source;
        device = builder.device;
        carried = Carriages.open(
                new Carriages.Settings(
                        builder.host,
                        builder.port,
                        builder.pins,
                        builder.registries,
                        builder.kept,
                        builder.restartsAllowed),
                source,
                device,
                builder.state,
                builder.listener);
    }

    /**
     * Begins a carriage.
     *
     * @param source where the device is read and written
     * @param device the device's name
     * @param host the name, or the address, of the host where the relay takes packets over TLS
     * @param port the TCP port, 1 to 65535
     * @return a builder
     * @throws IllegalArgumentException if the port is out of range
     */
    public static Builder builder(PeerSource source, String device, String host, int port) {
        return new Builder(source, device, host, port);
    }

    /**
     * Refuses what is no pin.
     *
     * @param pin what {@link Builder#pin} would take
     * @throws IllegalArgumentException if it would not
     */
    public static void checkPin(String pin) {
        Carriages.checkPin(pin);
    }

    /**
     * Returns to which server packets are carried.
     *
     * @return its name and port; empty where UDP is used
     */
    public Optional<String> server() {
        return carried.server();
    }

    @Override
    public Set<String> deviceNames() throws WireGuardException {
        return source.deviceNames();
    }

    @Override
    public Map<String, String> devicesLeftOut() throws WireGuardException {
        return source.devicesLeftOut();
    }

    @Override
    public Device read(String name, ReadOptions options) throws WireGuardException {
        return name.equals(device) ? carried.read(options) : source.read(name, options);
    }

    @Override
    public void apply(String name, DeviceChange change) throws WireGuardException {
        if (name.equals(device)) {
            carried.apply(change);
        } else {
            source.apply(name, change);
        }
    }

    @Override
    public DeviceSecrets secrets(String name) throws WireGuardException {
        return source.secrets(name);
    }

    @Override
    public Capabilities capabilities(String name) throws WireGuardException {
        return source.capabilities(name);
    }

    /** Ends the connections and gives the peers their endpoints back; the wrapped source stays open. */
    @Override
    public void close() {
        carried.close();
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {

        private static final int MOST_PORT = 65_535;

        private final PeerSource source;
        private final String device;
        private final String host;
        private final int port;
        private final Set<String> pins = new HashSet<>();
        private final Set<IpAddress> registries = new HashSet<>();
        private final Set<PublicKey> kept = new HashSet<>();
        private boolean restartsAllowed = true;
        private @Nullable Path state;
        private AgentEvent.Listener listener = event -> {};

        private Builder(PeerSource source, String device, String host, int port) {
            this.source = Objects.requireNonNull(source, "source");
            this.device = Device.checkName(device);
            this.host = Objects.requireNonNull(host, "host");
            if (port < 1 || port > MOST_PORT) {
                throw new IllegalArgumentException("the port must be 1..65535, was " + port);
            }
            this.port = port;
        }

        /**
         * Adds a key that the relay may have; with one, neither its name nor who signed its certificate matters.
         *
         * @param pin {@code sha256/} and the base64 of the SHA-256 of the public key (RFC 7469), as the relay prints it
         * @return this
         * @throws IllegalArgumentException if it is no pin
         */
        public Builder pin(String pin) {
            pins.add(Carriages.checkPin(pin));
            return this;
        }

        /**
         * Adds the address of a registry inside the tunnel, through whose peer packets are carried too.
         *
         * @param address none by default, so that the relay's peer alone is carried
         * @return this
         */
        public Builder registry(IpAddress address) {
            registries.add(Objects.requireNonNull(address, "address"));
            return this;
        }

        /**
         * Adds a peer that is never written.
         *
         * @param key the peer's key
         * @return this
         */
        public Builder keep(PublicKey key) {
            kept.add(Objects.requireNonNull(key, "key"));
            return this;
        }

        /**
         * Sets whether a peer without a session may be removed and added again, so that it sends at once.
         *
         * @param allowed true by default
         * @return this
         */
        public Builder restarts(boolean allowed) {
            restartsAllowed = allowed;
            return this;
        }

        /**
         * Sets the file that keeps the endpoint of the registry's peer, so that it gets that back after a crash.
         *
         * @param file one for each device; none by default
         * @return this
         */
        public Builder state(Path file) {
            state = Objects.requireNonNull(file, "file");
            return this;
        }

        /**
         * Sets the listener of what happens, which is called by the thread that reads the device.
         *
         * @param next by default, one that does nothing
         * @return this
         */
        public Builder listener(AgentEvent.Listener next) {
            listener = Objects.requireNonNull(next, "listener");
            return this;
        }

        /**
         * Binds the sockets; nothing is connected before it is needed.
         *
         * @return the source, to be closed by the caller
         * @throws IOException if no socket is to be had; in one line
         */
        public TlsCarriage open() throws IOException {
            return new TlsCarriage(this);
        }
    }
}
