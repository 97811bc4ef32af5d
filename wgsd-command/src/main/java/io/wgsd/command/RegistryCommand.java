package io.wgsd.command;

import io.wgsd.command.host.Hangup;
import io.wgsd.command.host.ServiceManager;
import io.wgsd.command.host.StatusSocket;
import io.wgsd.command.http.HttpOption;
import io.wgsd.command.http.RegistryPages;
import io.wgsd.command.options.BackendOption;
import io.wgsd.command.options.ConfigFile;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.RegistryOptions;
import io.wgsd.command.options.RegistrySettings;
import io.wgsd.command.options.UsageException;
import io.wgsd.command.output.ErrorText;
import io.wgsd.command.output.RegistryView;
import io.wgsd.command.status.RegistryPage;
import io.wgsd.command.status.StatusOption;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Runs registries until it gets a signal to stop. */
final class RegistryCommand extends Subcommand {

    private final BackendOption backend = new BackendOption();
    private final RegistryOptions settings = new RegistryOptions();
    private final HttpOption http = new HttpOption();
    private final StatusOption status = new StatusOption();
    private @Nullable StatusSocket socket;

    private final OptionSpec config = OptionSpecs.one(Path.class, "--config")
            .paramLabel("FILE")
            .description("Read all other options from this file, for one registry or several.")
            .build();

    private final List<RunningRegistry> running = new ArrayList<>();

    RegistryCommand() {
        super(
                "registry",
                "Serves in DNS where a device's peers can be reached, until it is stopped."
                        + " On SIGHUP it reads its configuration and keys again.");
        spec().addMixin("backend", backend.mixin())
                .addMixin("settings", settings.mixin())
                .addMixin("http", http.mixin())
                .addMixin("status", status.mixin())
                .addOption(config);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = err();
        http.check();
        List<RegistrySettings> wanted = load();
        try (PeerSource source = backend.open()) {
            try {
                AtomicInteger missing = new AtomicInteger(wanted.size());
                Runnable ready = () -> {
                    if (missing.decrementAndGet() == 0) {
                        ServiceManager.send("READY=1");
                    }
                };
                for (RegistrySettings each : wanted) {
                    running.add(RunningRegistry.start(source, each, err, ready));
                }
                socket = StatusSocket.open(
                        status.directory(),
                        "registry",
                        wanted.get(0).device(),
                        RegistryPage.of(this::views),
                        line -> report(err, line));
                http.open(new RegistryPages(this::views, Main.version(), http.isPerPeer()));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(err), "wgsd-stop"));
                Hangup.handle(() -> reload(source, err));
                new CountDownLatch(1).await();
            } finally {
                closeAll();
            }
        }
        return 0;
    }

    /** Returns the settings of the command line. */
    RegistrySettings check() throws IOException {
        return settings.check();
    }

    private List<RegistrySettings> load() throws IOException {
        Path file = config.getValue();
        if (file == null) {
            return List.of(check());
        }
        if (settings.isGiven()) {
            throw new UsageException("--config has the zone and the device in it; leave --zone and --device out");
        }
        return ConfigFile.read(file);
    }

    /** Reads the configuration again and applies it; a mistake in it changes nothing. */
    private synchronized void reload(PeerSource source, PrintWriter err) {
        List<RegistrySettings> wanted;
        try {
            wanted = load();
        } catch (IOException | RuntimeException e) {
            report(err, "not reloaded, and continues as before: " + ErrorText.of(e));
            return;
        }
        running.removeIf(registry -> {
            boolean gone = wanted.stream().noneMatch(registry::is);
            if (gone) {
                registry.close();
            }
            return gone;
        });
        for (RegistrySettings each : wanted) {
            try {
                take(source, each, err);
            } catch (IOException | RuntimeException e) {
                report(
                        err,
                        "zone " + each.zone() + " of device " + each.device() + " is not reloaded: " + ErrorText.of(e));
            }
        }
    }

    private void take(PeerSource source, RegistrySettings settings, PrintWriter err) throws IOException {
        for (RunningRegistry registry : running) {
            if (registry.is(settings)) {
                registry.reconfigure(settings);
                return;
            }
        }
        running.add(RunningRegistry.start(source, settings, err, () -> {}));
    }

    private synchronized List<RegistryView> views() {
        return running.stream().map(RunningRegistry::view).toList();
    }

    private void stop(PrintWriter err) {
        ServiceManager.send("STOPPING=1");
        closeAll();
        report(err, "the registry has stopped");
        // To a service manager, any other status of a program that it stopped is a failure.
        Runtime.getRuntime().halt(0);
    }

    private synchronized void closeAll() {
        if (socket != null) {
            socket.close();
        }
        running.forEach(RunningRegistry::close);
        running.clear();
    }

    private static void report(PrintWriter err, String line) {
        err.println("wgsd: " + line);
        err.flush();
    }
}
