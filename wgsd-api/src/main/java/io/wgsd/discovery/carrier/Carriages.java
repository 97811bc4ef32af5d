package io.wgsd.discovery.carrier;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.internal.tls.TlsPin;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes carriages with real sockets and the system's clock. */
public final class Carriages {

    private Carriages() {}

    /**
     * What is carried, and to where.
     *
     * @param host the server
     * @param port its TCP port
     * @param pins the keys that it may have; empty where its name is checked
     * @param registries the registries' addresses inside the tunnel
     * @param kept the peers that are never written
     * @param restarts whether peers without a session may be restarted
     */
    public record Settings(
            String host, int port, Set<String> pins, Set<IpAddress> registries, Set<PublicKey> kept, boolean restarts) {

        /** Copies the sets. */
        public Settings {
            pins = Set.copyOf(pins);
            registries = Set.copyOf(registries);
            kept = Set.copyOf(kept);
        }
    }

    /** Returns a pin as it was given, or throws IllegalArgumentException. */
    public static String checkPin(String pin) {
        return new TlsPin(pin).text();
    }

    /**
     * Binds the sockets of a carriage.
     *
     * @param state the file that keeps what is to be given back; null where nothing is kept
     */
    public static CarriedDevice open(
            Settings settings, PeerSource source, String device, @Nullable Path state, AgentEvent.Listener listener)
            throws IOException {
        ClientTls tls = new ClientTls(
                settings.host(),
                settings.port(),
                settings.pins().stream().map(TlsPin::new).collect(Collectors.toUnmodifiableSet()));
        RelayHost host = new RelayHost(settings.host(), InetAddress::getAllByName);
        CarriageProblems problems = new CarriageProblems(settings.host() + ":" + settings.port(), tls.advice());
        CarriagePeers peers =
                new CarriagePeers(settings.registries(), settings.kept(), host::isAt, settings.restarts());
        return new CarriedDevice(
                source,
                device,
                peers,
                new CarrierLines(host, settings.port(), tls, problems::failed),
                new CarriageFile(state),
                listener,
                problems,
                TimeSource.system());
    }
}
