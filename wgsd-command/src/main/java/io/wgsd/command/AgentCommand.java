package io.wgsd.command;

import io.wgsd.command.carrier.CarriageOptions;
import io.wgsd.command.config.LogOption;
import io.wgsd.command.explain.Investigation;
import io.wgsd.command.explain.Story;
import io.wgsd.command.host.Hangup;
import io.wgsd.command.host.RecordFile;
import io.wgsd.command.host.ServiceManager;
import io.wgsd.command.host.Shutdown;
import io.wgsd.command.host.StatusSocket;
import io.wgsd.command.http.AgentPages;
import io.wgsd.command.http.HttpOption;
import io.wgsd.command.log.Log;
import io.wgsd.command.member.MembersAgent;
import io.wgsd.command.member.MembersAgentOptions;
import io.wgsd.command.member.MembersView;
import io.wgsd.command.options.BackendOption;
import io.wgsd.command.options.HostPort;
import io.wgsd.command.options.LookupOptions;
import io.wgsd.command.options.NamesOption;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.UsageException;
import io.wgsd.command.output.AgentReporter;
import io.wgsd.command.output.NamedKeys;
import io.wgsd.command.portmap.MappedPort;
import io.wgsd.command.status.AgentPage;
import io.wgsd.command.status.StatusOption;
import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.CandidateSource;
import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.DiscoveryAgentBuilder;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.Routes;
import io.wgsd.discovery.TlsCarriage;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.PublicKey;
import io.wgsd.portmap.PortMapperStore;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Record;
import picocli.CommandLine.Model.OptionSpec;

/** Keeps the endpoints of a device's peers up to date until it gets a signal to stop. */
final class AgentCommand extends Subcommand {

    private final BackendOption backend = new BackendOption();
    private final LookupOptions registries = new LookupOptions();
    private final NamesOption names = new NamesOption();
    private final HttpOption http = new HttpOption();
    private final MembersAgentOptions members = new MembersAgentOptions();
    private final StatusOption statusOption = new StatusOption();
    private final CarriageOptions carriage = new CarriageOptions();
    private final LogOption logOption = new LogOption();

    private final OptionSpec device = OptionSpecs.one(String.class, "--device", "-device")
            .paramLabel("DEVICE")
            .required(true)
            .description("The WireGuard device, as in wg0; it may come and go.")
            .build();

    private final OptionSpec keep = OptionSpecs.many(String.class, "--keep")
            .paramLabel("KEY")
            .description("A peer that is never changed; may be repeated.")
            .build();

    private final OptionSpec state = OptionSpecs.one(Path.class, "--state")
            .paramLabel("DIR")
            .description(
                    "Where to store what the agent needs after a restart: good endpoints, and settings to restore.")
            .build();

    private final OptionSpec json = OptionSpecs.flag("--json")
            .description("Print events as JSON, one on each line, on standard output.")
            .build();

    private final OptionSpec insecureDns = OptionSpecs.flag("--insecure-dns")
            .description("Also ask registries that are not reached through the device.")
            .build();

    private final OptionSpec noRestart = OptionSpecs.flag("--no-restart")
            .description("Never remove a peer and add it again; without that, connecting may take five seconds longer.")
            .build();

    private final OptionSpec noRelay = OptionSpecs.flag("--no-relay")
            .description("Use no relay: peers whose NATs do not let each other in stay unreachable.")
            .build();

    private final OptionSpec noCandidates = OptionSpecs.flag("--no-candidates")
            .description("Do not tell registries where else this host can be reached, nor try that of peers.")
            .build();

    private final OptionSpec noPortMapping = OptionSpecs.flag("--no-port-mapping")
            .description("Do not ask the router before this host to forward the device's port.")
            .build();

    private final OptionSpec record = OptionSpecs.one(Path.class, "--record")
            .paramLabel("FILE")
            .description("Write here, for \"wgsd replay\", what each decision depends on; no secret is in it.")
            .build();

    private final OptionSpec registryEndpoint = OptionSpecs.one(InetSocketAddress.class, "--registry-endpoint")
            .paramLabel("NAME:PORT")
            .converters(new HostPort.NameConverter())
            .description(
                    "The endpoint of the registry's WireGuard: looked up and set while there is no session with it.")
            .build();

    AgentCommand() {
        super("agent", "Keeps the endpoints of a device's peers up to date until it is stopped.");
        spec().addMixin("backend", backend.mixin())
                .addMixin("registries", registries.mixin())
                .addMixin("names", names.mixin())
                .addMixin("http", http.mixin())
                .addMixin("members", members.mixin())
                .addMixin("status", statusOption.mixin())
                .addMixin("tls", carriage.mixin())
                .addMixin("log", logOption.mixin())
                .addOption(device)
                .addOption(keep)
                .addOption(state)
                .addOption(json)
                .addOption(insecureDns)
                .addOption(noRestart)
                .addOption(noRelay)
                .addOption(noCandidates)
                .addOption(noPortMapping)
                .addOption(record)
                .addOption(registryEndpoint);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String name = Device.checkName(device.getValue());
        http.check();
        carriage.check();
        Optional<List<Record>> anchors = members.anchors(registries.names());
        if (anchors.isPresent() && state.getValue() == null) {
            throw new UsageException("--members needs --state, to know after a restart which peers it has made");
        }
        PeerNames known = names.read();
        Log log = new Log(logOption.begin(err())).with(line -> NamedKeys.in(line, known));
        AgentReporter reporter = new AgentReporter(log, json.<Boolean>getValue() ? out() : null);
        try (Shutdown shutdown = Shutdown.onSignal(() -> log.info("the agent has stopped"))) {
            CountDownLatch ended = new CountDownLatch(1);
            Story story = new Story(reporter, Instant::now);
            PeerSource backends = shutdown.start(backend::open, PeerSource::close);
            Optional<TlsCarriage> carried =
                    shutdown.start(() -> carry(backends, name, story), opened -> opened.ifPresent(TlsCarriage::close));
            PeerSource source = carried.isPresent() ? carried.get() : backends;
            DiscoveryAgentBuilder builder = builder(source, name, log, event -> {
                story.happened(event);
                if (event instanceof AgentEvent.Ended) {
                    shutdown.failed();
                    ended.countDown();
                }
            });
            List<DiscoveryClient> clients =
                    shutdown.start(() -> registries.addEach(builder), opened -> opened.forEach(DiscoveryClient::close));
            Path recorded = record.getValue();
            if (recorded != null) {
                builder.recorder(RecordFile.create(recorded, log::warn));
            }
            DiscoveryAgent agent = shutdown.start(builder::start, DiscoveryAgent::close);
            Optional<MembersAgent> network = anchors.isPresent()
                    ? Optional.of(
                            shutdown.start(() -> network(source, name, anchors.get(), agent, log), MembersAgent::close))
                    : Optional.empty();
            Supplier<Optional<MembersView>> list = () -> network.map(MembersAgent::view);
            shutdown.start(() -> show(agent, source, name, clients, known, list, story, log), StatusSocket::close);
            Hangup.handle(() -> log.warn("there is nothing to reload; restart it to change its options"));
            log.info("ready: the agent maintains the peers of " + name);
            ServiceManager.send("READY=1");
            ended.await();
            // A service manager restarts only what ends.
            return 1;
        }
    }

    /** Lets packets go over TLS while no UDP gets through, where the options say so. */
    private Optional<TlsCarriage> carry(PeerSource backends, String name, AgentEvent.Listener listener)
            throws IOException {
        List<String> kept = keep.getValue();
        return carriage.open(
                backends,
                name,
                new CarriageOptions.Setting(
                        registries.addresses(),
                        kept.stream().map(PublicKey::parse).toList(),
                        !noRestart.<Boolean>getValue(),
                        state.getValue()),
                listener);
    }

    /** Makes the members of the network peers of the device. */
    private MembersAgent network(PeerSource source, String name, List<Record> anchors, DiscoveryAgent agent, Log log)
            throws IOException {
        return MembersAgent.start(
                registries.names(),
                anchors,
                registries.membersZones(),
                source,
                name,
                members.policy(name),
                Objects.requireNonNull(state.<@Nullable Path>getValue()),
                !noRestart.<Boolean>getValue(),
                () -> connected(agent),
                log);
    }

    private static Set<PublicKey> connected(DiscoveryAgent agent) {
        return agent.state().stream()
                .filter(peer -> peer.state() == PeerState.DIRECT || peer.state() == PeerState.RELAYED)
                .map(PeerStatus::publicKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Lets others see how the agent is. */
    private StatusSocket show(
            DiscoveryAgent agent,
            PeerSource source,
            String name,
            List<DiscoveryClient> clients,
            PeerNames known,
            Supplier<Optional<MembersView>> list,
            Story story,
            Log log)
            throws IOException {
        UnaryOperator<String> page = AgentPage.of(agent, source, name, known, list);
        boolean shown = false;
        try {
            StatusSocket status = StatusSocket.open(
                    statusOption.directory(),
                    name,
                    Investigation.of(agent, source, name, clients, known, story, page),
                    log::warn);
            http.open(new AgentPages(agent, name, known, Main.version(), http.isPerPeer(), list), page);
            shown = true;
            return status;
        } finally {
            if (!shown) {
                agent.close();
            }
        }
    }

    private DiscoveryAgentBuilder builder(PeerSource source, String name, Log log, AgentEvent.Listener listener) {
        DiscoveryAgentBuilder builder = DiscoveryAgent.builder(source, name)
                .listener(listener)
                .restarts(!noRestart.<Boolean>getValue())
                .relays(!noRelay.<Boolean>getValue())
                .allowInsecureDns(insecureDns.<Boolean>getValue());
        if (!noCandidates.<Boolean>getValue()) {
            builder.candidateSource(CandidateSource.ownNetworks(Routes.system()));
            if (!noPortMapping.<Boolean>getValue()) {
                builder.candidateSource(new MappedPort(Routes.system(), mappings(name), log));
            }
        }
        InetSocketAddress endpoint = registryEndpoint.getValue();
        if (endpoint != null) {
            builder.registryEndpoint(endpoint.getHostString(), endpoint.getPort());
        }
        List<String> kept = keep.getValue();
        kept.forEach(key -> builder.keep(PublicKey.parse(key)));
        Path folder = state.getValue();
        if (folder != null) {
            builder.store(AgentStore.inFile(folder.resolve(name + ".agent")));
        }
        return builder;
    }

    /** Without a folder, what was mapped ends by itself after a crash. */
    private PortMapperStore mappings(String name) {
        Path folder = state.getValue();
        return folder == null ? PortMapperStore.inMemory() : PortMapperStore.inFile(folder.resolve(name + ".portmap"));
    }
}
