package io.wgsd.command.output;

import io.wgsd.command.log.Log;
import io.wgsd.dnssd.Zone;
import io.wgsd.members.PeerNames;
import io.wgsd.server.Registry;
import io.wgsd.spi.WireGuardException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reports to the operator what happens to a registry, in one line each; of failures in a row only the first. */
public final class RegistryReporter implements Registry.Listener {

    private final Log log;
    private final Runnable onReady;
    private final String zone;
    private final String device;
    private volatile Consumer<Zone> zones = zone -> {};
    private volatile Supplier<PeerNames> names = PeerNames::none;

    /**
     * Makes a reporter.
     *
     * @param log takes the lines
     * @param zone the zone's name
     * @param device the device's name
     * @param onReady runs when the registry is ready
     */
    public RegistryReporter(Log log, String zone, String device, Runnable onReady) {
        this.log = log.with(line -> NamedKeys.in(line, names.get()));
        this.onReady = onReady;
        this.zone = zone;
        this.device = device;
    }

    /** Sets what takes each new zone. */
    public void onZone(Consumer<Zone> value) {
        zones = value;
    }

    /** Sets what peers are called. */
    public void nameBy(Supplier<PeerNames> value) {
        names = value;
    }

    @Override
    public void ready(List<InetSocketAddress> addresses) {
        onReady.run();
        if (addresses.isEmpty()) {
            log.info("ready: zone " + zone + " of device " + device + " is published and not served here");
            return;
        }
        List<String> where = addresses.stream().map(AddressText::of).toList();
        log.info("ready: zone " + zone + " of device " + device + " at " + String.join(", ", where));
    }

    @Override
    public void zoneChanged(Optional<Zone> previous, Zone current) {
        zones.accept(current);
    }

    @Override
    public void readingFailed(WireGuardException error, int failuresInARow) {
        if (failuresInARow == 1) {
            log.warn(error.getMessage() + "; the last reading is served until it can be read again");
        }
    }

    @Override
    public void readingWorksAgain() {
        log.info("device " + device + " can be read again");
    }

    @Override
    public void reconfigured() {
        log.info("reloaded: zone " + zone + " of device " + device);
    }

    @Override
    public void ended(Throwable error) {
        end(log, "the registry", error);
    }

    /** Ends the process, so that a service manager starts another one: this one no longer does its work. */
    public static void end(Log log, String what, Throwable error) {
        try {
            log.error(what + " has failed, and ends: " + error);
        } finally {
            Runtime.getRuntime().halt(1);
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

    /** Returns the log in which peers have their names. */
    public Log log() {
        return log;
    }
}
