package io.wgsd.command;

import io.wgsd.command.log.Log;
import io.wgsd.command.options.RegistrySettings;
import io.wgsd.command.output.ErrorText;
import io.wgsd.command.output.RegistryView;
import io.wgsd.micrometer.families.RegistryReading;
import io.wgsd.server.RegistryHealth;
import io.wgsd.server.RegistryStats;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registries of one process: those that run, and those that wait for their device. Thread-safe. */
final class RegistrySet implements AutoCloseable {

    private final PeerSource source;
    private final Log log;
    private final List<RunningRegistry> running = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean closed;

    RegistrySet(PeerSource source, Log log) {
        this.source = source;
        this.log = log;
    }

    /** A registry that cannot be started yet, and why. */
    private record Waiting(RegistrySettings settings, Optional<WireGuardException> error, String line) {

        RegistryView view() {
            RegistryHealth.Builder health = RegistryHealth.builder().ready(false);
            error.ifPresent(health::readingError);
            return new RegistryView(
                    settings.zone(),
                    settings.device(),
                    new RegistryReading(RegistryStats.builder().build(), health.build(), Optional.empty()),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * Starts registries. One whose device is not there, as while a host boots, waits for it.
     *
     * @param onReady runs for each one that answers, or has to wait
     * @throws IOException if one cannot be started for another reason
     */
    synchronized void start(List<RegistrySettings> wanted, Runnable onReady) throws IOException {
        for (RegistrySettings each : wanted) {
            startOrWait(each, onReady);
        }
    }

    /** Applies another configuration; what is wrong with one registry is reported, and changes no other. */
    synchronized void reload(List<RegistrySettings> wanted) {
        running.removeIf(registry -> {
            boolean gone = wanted.stream().noneMatch(registry::is);
            if (gone) {
                registry.close();
            }
            return gone;
        });
        waiting.clear();
        for (RegistrySettings each : wanted) {
            try {
                take(each);
            } catch (IOException | RuntimeException e) {
                log.error(
                        "zone " + each.zone() + " of device " + each.device() + " is not reloaded: " + ErrorText.of(e));
            }
        }
    }

    /** Starts those that wait, if they can be started now. */
    synchronized void startWaiting() {
        if (closed) {
            return;
        }
        for (Waiting each : List.copyOf(waiting)) {
            try {
                running.add(RunningRegistry.start(source, each.settings(), log, () -> {}));
                waiting.remove(each);
            } catch (IOException | RuntimeException e) {
                keepWaiting(each, e);
            }
        }
    }

    synchronized boolean isAnyWaiting() {
        return !waiting.isEmpty();
    }

    synchronized List<RegistryView> views() {
        List<RegistryView> views = new ArrayList<>();
        running.forEach(registry -> views.add(registry.view()));
        waiting.forEach(each -> views.add(each.view()));
        return views;
    }

    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
        running.forEach(RunningRegistry::close);
        running.clear();
    }

    private void take(RegistrySettings settings) throws IOException {
        for (RunningRegistry registry : running) {
            if (registry.is(settings)) {
                registry.reconfigure(settings);
                return;
            }
        }
        startOrWait(settings, () -> {});
    }

    private void startOrWait(RegistrySettings settings, Runnable onReady) throws IOException {
        try {
            running.add(RunningRegistry.start(source, settings, log, onReady));
        } catch (NoSuchDeviceException e) {
            String line = ErrorText.of(e) + "; waiting for it";
            log.warn(line);
            waiting.add(new Waiting(settings, Optional.of(e), line));
            onReady.run();
        }
    }

    /** Reports what is in the way now, if that is something else than before. */
    private void keepWaiting(Waiting before, Exception e) {
        Optional<WireGuardException> error =
                e instanceof WireGuardException ofDevice ? Optional.of(ofDevice) : Optional.empty();
        String line = ErrorText.of(e) + (e instanceof NoSuchDeviceException ? "; waiting for it" : "; trying again");
        if (!line.equals(before.line())) {
            log.warn(line);
        }
        waiting.set(waiting.indexOf(before), new Waiting(before.settings(), error, line));
    }
}
