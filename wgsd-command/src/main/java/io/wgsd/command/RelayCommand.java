package io.wgsd.command;

import io.wgsd.command.config.LogOption;
import io.wgsd.command.host.Hangup;
import io.wgsd.command.host.ServiceManager;
import io.wgsd.command.host.Shutdown;
import io.wgsd.command.host.StatusSocket;
import io.wgsd.command.http.HttpOption;
import io.wgsd.command.http.RelayPages;
import io.wgsd.command.log.Log;
import io.wgsd.command.relay.RelayService;
import io.wgsd.command.relay.RelayServiceOptions;
import io.wgsd.command.relay.RelayServiceSettings;
import io.wgsd.command.status.RelayPage;
import io.wgsd.command.status.StatusOption;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** Runs a relay elsewhere than at the registry until it gets a signal to stop. */
final class RelayCommand extends Subcommand {

    private final RelayServiceOptions options = new RelayServiceOptions();
    private final HttpOption http = new HttpOption(false);
    private final StatusOption status = new StatusOption();
    private final LogOption logOption = new LogOption();

    RelayCommand() {
        super(
                "relay",
                "Forwards WireGuard's packets, unread, between the peers of a registry's zone, until it is stopped.");
        spec().addMixin("options", options.mixin())
                .addMixin("http", http.mixin())
                .addMixin("status", status.mixin())
                .addMixin("log", logOption.mixin());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RelayServiceSettings settings = options.check();
        http.check();
        Log log = new Log(logOption.begin(err()));
        try (Shutdown shutdown = Shutdown.onSignal(() -> log.info("the relay has stopped"))) {
            RelayService relay = shutdown.start(() -> RelayService.start(settings, log), RelayService::close);
            String zone = settings.relay().names().origin().toString(true);
            String where = settings.relay().endpoints().get(0).toString();
            UnaryOperator<String> page = RelayPage.of(zone, where, relay::reading, relay::sightings);
            shutdown.start(
                    () -> StatusSocket.open(
                            status.directory(),
                            "relay",
                            Integer.toString(settings.relay().endpoints().get(0).port()),
                            page,
                            log::warn),
                    StatusSocket::close);
            http.open(new RelayPages(relay::reading, zone, Main.version()), page);
            Hangup.handle(() -> log.warn("there is nothing to reload; restart it to change its options"));
            log.info("ready: relay of zone " + zone + " at " + where + " with the key " + relay.publicKey());
            ServiceManager.send("READY=1");
            new CountDownLatch(1).await();
            return 0;
        }
    }
}
