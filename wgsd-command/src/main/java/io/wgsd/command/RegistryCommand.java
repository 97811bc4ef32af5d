package io.wgsd.command;

import io.wgsd.command.config.ConfigFile;
import io.wgsd.command.config.LogOption;
import io.wgsd.command.host.Hangup;
import io.wgsd.command.host.ServiceManager;
import io.wgsd.command.host.Shutdown;
import io.wgsd.command.host.StatusSocket;
import io.wgsd.command.http.HttpOption;
import io.wgsd.command.http.RegistryPages;
import io.wgsd.command.log.ErrorStream;
import io.wgsd.command.log.Log;
import io.wgsd.command.options.BackendOption;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.RegistryOptions;
import io.wgsd.command.options.RegistrySettings;
import io.wgsd.command.options.UsageException;
import io.wgsd.command.output.ErrorText;
import io.wgsd.command.status.RegistryPage;
import io.wgsd.command.status.StatusOption;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.OptionSpec;

/** Runs registries until it gets a signal to stop. */
final class RegistryCommand extends Subcommand {

    /** How many seconds a device that has just been missed is looked for each second, and then less often. */
    private static final int SOON = 60;

    private static final int LATER_SECONDS = 5;

    private final BackendOption backend = new BackendOption();
    private final RegistryOptions settings = new RegistryOptions();
    private final HttpOption http = new HttpOption();
    private final StatusOption status = new StatusOption();
    private final LogOption logOption = new LogOption();

    private final OptionSpec config = OptionSpecs.one(Path.class, "--config")
            .paramLabel("FILE")
            .description("Read all other options from this file, for one registry or several.")
            .build();

    RegistryCommand() {
        super(
                "registry",
                "Serves in DNS where a device's peers can be reached, until it is stopped."
                        + " On SIGHUP it reads its configuration and keys again.");
        spec().addMixin("backend", backend.mixin())
                .addMixin("settings", settings.mixin())
                .addMixin("http", http.mixin())
                .addMixin("status", status.mixin())
                .addMixin("log", logOption.mixin())
                .addOption(config);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        http.check();
        ErrorStream stream = logOption.begin(err());
        Log log = new Log(stream);
        List<RegistrySettings> wanted = load(stream);
        try (Shutdown shutdown = Shutdown.onSignal(() -> log.info("the registry has stopped"));
                PeerSource source = backend.open();
                RegistrySet registries = new RegistrySet(source, log)) {
            AtomicInteger missing = new AtomicInteger(wanted.size());
            shutdown.start(() -> registries, RegistrySet::close);
            registries.start(wanted, () -> {
                if (missing.decrementAndGet() == 0) {
                    ServiceManager.send("READY=1");
                }
            });
            UnaryOperator<String> page = RegistryPage.of(registries::views, source);
            shutdown.start(
                    () -> StatusSocket.open(
                            status.directory(), "registry", wanted.get(0).device(), page, log::warn),
                    StatusSocket::close);
            http.open(new RegistryPages(registries::views, Main.version(), http.isPerPeer()), page);
            Hangup.handle(() -> reload(registries, stream, log));
            for (int attempts = 0; ; attempts++) {
                TimeUnit.SECONDS.sleep(attempts < SOON ? 1 : LATER_SECONDS);
                if (registries.isAnyWaiting()) {
                    registries.startWaiting();
                } else {
                    attempts = 0;
                }
            }
        }
    }

    /** Returns the settings of the command line. */
    RegistrySettings check() throws IOException {
        return settings.check();
    }

    /** Reads the configuration, and logs as it says. */
    private List<RegistrySettings> load(ErrorStream stream) throws IOException {
        Path file = config.getValue();
        if (file == null) {
            return List.of(check());
        }
        if (settings.isGiven()) {
            throw new UsageException("--config has the zone and the device in it; leave --zone and --device out");
        }
        ConfigFile read = ConfigFile.read(file);
        logOption.show(stream, read.logLevel());
        return read.registries();
    }

    /** Reads the configuration again and applies it; a mistake in it changes nothing. */
    private void reload(RegistrySet registries, ErrorStream stream, Log log) {
        List<RegistrySettings> wanted;
        try {
            wanted = load(stream);
        } catch (IOException | RuntimeException e) {
            log.error("not reloaded, and continues as before: " + ErrorText.of(e));
            return;
        }
        registries.reload(wanted);
    }
}
