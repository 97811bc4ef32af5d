package io.wgsd.command;

import io.wgsd.command.host.Hangup;
import io.wgsd.command.host.ServiceManager;
import io.wgsd.command.relay.RelayService;
import io.wgsd.command.relay.RelayServiceOptions;
import io.wgsd.command.relay.RelayServiceSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/** Runs a relay elsewhere than at the registry until it gets a signal to stop. */
final class RelayCommand extends Subcommand {

    private final RelayServiceOptions options = new RelayServiceOptions();

    RelayCommand() {
        super(
                "relay",
                "Forwards WireGuard's packets, unread, between the peers of a registry's zone, until it is stopped.");
        spec().addMixin("options", options.mixin());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RelayServiceSettings settings = options.check();
        PrintWriter err = err();
        RelayService relay = RelayService.start(settings, line -> report(err, line));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(relay, err), "wgsd-stop"));
        Hangup.handle(() -> report(err, "there is nothing to reload; restart it to change its options"));
        report(
                err,
                "ready: relay of zone " + settings.relay().names().origin().toString(true) + " at "
                        + settings.relay().endpoints().get(0) + " with the key " + relay.publicKey());
        ServiceManager.send("READY=1");
        new CountDownLatch(1).await();
        return 0;
    }

    private static void stop(RelayService relay, PrintWriter err) {
        ServiceManager.send("STOPPING=1");
        relay.close();
        report(err, "the relay has stopped");
        // To a service manager, any other status of a program that it stopped is a failure.
        Runtime.getRuntime().halt(0);
    }

    private static void report(PrintWriter err, String line) {
        err.println("wgsd: " + line);
        err.flush();
    }
}
