package io.wgsd.examples.command;

import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.model.Device;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps a device's endpoints right until it is told to stop. */
@Command(
        name = "agent",
        description = "Stays, and keeps the endpoints of a device's peers right.",
        mixinStandardHelpOptions = true)
final class AgentCommand implements Callable<Integer> {

    @Mixin
    private BackendOption backend = new BackendOption();

    @Mixin
    private RegistryOptions registries = new RegistryOptions();

    @Option(
            names = {"--device", "-device"},
            paramLabel = "DEVICE",
            required = true,
            description = "The WireGuard device, as in wg0; it may come and go.")
    private String device = "";

    @Option(names = "--keep", paramLabel = "KEY", description = "A peer never to be changed; may be repeated.")
    private List<String> keep = new ArrayList<>();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Keep here what is to be known after a restart: good endpoints, and what is to be put back.")
    private @Nullable Path state;

    @Option(names = "--json", description = "Print events as JSON, one on each line, on standard output.")
    private boolean json;

    @Option(names = "--insecure-dns", description = "Ask a registry too that is not reached through the device.")
    private boolean insecureDns;

    @Option(
            names = "--no-restart",
            description = "Never remove and add a peer again; connecting may take five seconds longer then.")
    private boolean noRestart;

    @Option(
            names = "--status-dir",
            paramLabel = "DIR",
            defaultValue = StatusSocket.DIRECTORY,
            description = "Where the socket for \"wgsd status\" is (default: ${DEFAULT-VALUE}).")
    private Path statusDirectory = Path.of(StatusSocket.DIRECTORY);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Device.checkName(device);
        PrintWriter err = Terminal.err(spec);
        AgentReporter reporter = new AgentReporter(err, json ? Terminal.out(spec) : null);
        PeerSource source = backend.open();
        List<DiscoveryClient> clients = registries.openEach();
        DiscoveryAgent agent = agent(source, clients, reporter);
        StatusSocket status = StatusSocket.open(statusDirectory, device, agent::state, reporter::say);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> stop(agent, status, clients, source, reporter), "wgsd-stop"));
        Hangup.handle(() -> reporter.say("there is nothing to reload; restart it to change its options"));
        agent.start();
        reporter.say("ready: the agent looks after the peers of " + device);
        ServiceManager.tell("READY=1");
        new CountDownLatch(1).await();
        return 0;
    }

    private DiscoveryAgent agent(PeerSource source, List<DiscoveryClient> clients, AgentReporter reporter) {
        DiscoveryAgent.Builder builder = DiscoveryAgent.builder(source, device, clients.get(0))
                .listener(reporter)
                .restarts(!noRestart);
        clients.stream().skip(1).forEach(builder::registry);
        keep.forEach(key -> builder.keep(PublicKey.parse(key)));
        if (insecureDns) {
            builder.allowInsecureDns();
        }
        if (state != null) {
            builder.store(new AgentFile(state, device));
        }
        return builder.build();
    }

    private static void stop(
            DiscoveryAgent agent,
            StatusSocket status,
            List<DiscoveryClient> clients,
            PeerSource source,
            AgentReporter reporter) {
        ServiceManager.tell("STOPPING=1");
        agent.close();
        status.close();
        clients.forEach(DiscoveryClient::close);
        source.close();
        reporter.say("the agent has stopped");
        // A service manager takes any other status of a program that it has told to stop for a failure.
        Runtime.getRuntime().halt(0);
    }
}
