package io.wgsd.command.relay;

import io.wgsd.command.log.Log;
import io.wgsd.command.output.AddressText;
import io.wgsd.command.output.RegistryReporter;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.SerialFile;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.relay.Relay;
import io.wgsd.server.Registry;
import io.wgsd.server.RegistryBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a relay elsewhere serves in DNS: the relay, and the members that it hears. Registries transfer it, and notify it
 * of their own zone of the same name. Thread-safe.
 */
final class RelayZone implements AutoCloseable {

    /** How soon a registry may know that a member came, besides the time of its own question. */
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final @Nullable Registry registry;
    private final Notified notified;

    private RelayZone(@Nullable Registry registry, Notified notified) {
        this.registry = registry;
        this.notified = notified;
    }

    /** Serves the zone where the settings say; where they do not, nothing is served. */
    static RelayZone start(Relay relay, HeardMembers heard, RelayServiceSettings settings, Log log) throws IOException {
        Notified notified = new Notified();
        if (settings.dnsListen().isEmpty()) {
            return new RelayZone(null, notified);
        }
        SerialFile serials = settings.relay().serials();
        DnsSdNames names = settings.relay().names();
        // Nobody browses this zone, so there is nothing to report about lists that are long.
        ZoneOptions options =
                ZoneOptions.builder(names).listLimit(names.maxListed()).build();
        RegistryBuilder builder = Registry.builder(new RelayDevice(relay), RelayDevice.NAME, options)
                .relays(heard)
                .pollInterval(INTERVAL)
                .udpThreads(1)
                .allowTransfer(settings.mayTransfer())
                .onNotify(notified)
                .listener(new Serving(serials, log));
        settings.dnsListen().forEach(builder::listen);
        settings.server().key().ifPresent(builder::allowTransferKey);
        serials.read(log::warn).ifPresent(builder::previousSerial);
        return new RelayZone(builder.start(), notified);
    }

    /** Sets what runs when a registry says that its zone has changed. */
    void onNotify(Runnable action) {
        notified.action = action;
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }

    private static final class Notified implements Runnable {

        private volatile Runnable action = () -> {};

        @Override
        public void run() {
            action.run();
        }
    }

    private static final class Serving implements Registry.Listener {

        private final SerialFile serials;
        private final Log log;

        Serving(SerialFile serials, Log log) {
            this.serials = serials;
            this.log = log;
        }

        @Override
        public void ready(List<InetSocketAddress> addresses) {
            log.info("which members the relay hears is served at "
                    + String.join(", ", addresses.stream().map(AddressText::of).toList()));
        }

        @Override
        public void zoneChanged(Optional<Zone> previous, Zone current) {
            try {
                serials.write(current.serial());
            } catch (IOException e) {
                log.warn("the serial cannot be kept: " + e.getMessage());
            }
        }

        @Override
        public void problem(String line) {
            log.warn(line);
        }

        @Override
        public void refused(String line) {
            log.warn(line);
        }

        @Override
        public void ended(Throwable error) {
            RegistryReporter.end(log, "the relay's name server", error);
        }
    }
}
