package io.wgsd.command.options;

import io.wgsd.command.follow.ZoneServer;
import io.wgsd.discovery.DiscoveryAgentBuilder;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.discovery.DiscoveryClientBuilder;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TrustAnchors;
import io.wgsd.members.MembersZone;
import io.wgsd.model.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of every command that asks a registry. */
public final class LookupOptions {

    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

    private final OptionSpec servers;
    private final OptionSpec zone;

    private final OptionSpec timeout = TimeSpan.option("--timeout")
            .defaultValue("5s")
            .description("How long the registry may take (default: ${DEFAULT-VALUE}).")
            .build();

    private final OptionSpec signer = OptionSpecs.one(Path.class, "--signer")
            .paramLabel("FILE")
            .description("Accept only answers signed by a key whose DS or DNSKEY record is in this file.")
            .build();

    public LookupOptions() {
        this(true);
    }

    private LookupOptions(boolean isRequired) {
        servers = OptionSpecs.many(InetSocketAddress.class, "--dns", "-dns")
                .paramLabel("HOST:PORT")
                .required(isRequired)
                .converters(new HostPort.NameConverter())
                .description("The registry: its address inside the tunnel, or a name that resolves to it.")
                .build();
        zone = OptionSpecs.one(String.class, "--zone", "-zone")
                .paramLabel("ZONE")
                .required(isRequired)
                .description("The registry's zone, as in wg.example.com.")
                .build();
    }

    /** Makes options for a command that can do without a registry. */
    public static LookupOptions optional() {
        return new LookupOptions(false);
    }

    /**
     * Returns whether a registry was given.
     *
     * @throws UsageException if only one of its address and its zone was
     */
    public boolean isGiven() {
        boolean isServer = !servers.<List<InetSocketAddress>>getValue().isEmpty();
        boolean isZone = zone.<@Nullable String>getValue() != null;
        if (isServer != isZone) {
            throw new UsageException("--dns and --zone belong together: give both, or neither");
        }
        return isServer;
    }

    public CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this)
                .addOption(servers)
                .addOption(zone)
                .addOption(timeout)
                .addOption(signer);
    }

    /**
     * Opens one client that asks whichever of the servers answers.
     *
     * @throws IOException if a server's name cannot be resolved in time
     */
    public DiscoveryClient open() throws IOException, InterruptedException {
        return open(resolved());
    }

    /**
     * Opens a client for each of the servers.
     *
     * @throws IOException if a server's name cannot be resolved in time
     */
    public List<DiscoveryClient> openEach() throws IOException, InterruptedException {
        return resolved().stream().map(server -> open(List.of(server))).toList();
    }

    /**
     * Adds each server to an agent, as a registry of its own: one that is named is looked up by the agent.
     *
     * @return the clients that the caller has to close
     */
    public List<DiscoveryClient> addEach(DiscoveryAgentBuilder agent) {
        List<DiscoveryClient> clients = new ArrayList<>();
        for (InetSocketAddress server : servers.<List<InetSocketAddress>>getValue()) {
            // Opened in any case, so that what is wrong about the other options is said now.
            DiscoveryClient client = open(List.of(server.isUnresolved() ? ANYWHERE : server));
            if (server.isUnresolved()) {
                client.close();
                agent.registry(server.getHostString(), server.getPort(), address -> open(List.of(address)));
            } else {
                clients.add(client);
                agent.registry(client);
            }
        }
        return clients;
    }

    /** Returns the names of the registry's zone. */
    public DnsSdNames names() {
        return DnsSdNames.parse(zone.getValue());
    }

    /** Returns those of the servers that were given as addresses. */
    public List<IpAddress> addresses() {
        return servers.<List<InetSocketAddress>>getValue().stream()
                .filter(server -> !server.isUnresolved())
                .map(server -> IpAddress.of(server.getAddress()))
                .toList();
    }

    /** Returns the zone of the network's members at each of the servers. */
    public List<ZoneServer> membersZones() {
        Name origin = MembersZone.names(names()).origin();
        return servers.<List<InetSocketAddress>>getValue().stream()
                .map(server -> new ZoneServer(
                        origin,
                        server.getHostString() + ":" + server.getPort(),
                        () -> HostLookup.of(server, timeout.<Duration>getValue()),
                        Optional.empty(),
                        "it serves this zone to members alone: let the network's owner add this host"))
                .toList();
    }

    private List<InetSocketAddress> resolved() throws IOException, InterruptedException {
        checkTimeout();
        List<InetSocketAddress> resolved = new ArrayList<>();
        for (InetSocketAddress server : servers.<List<InetSocketAddress>>getValue()) {
            resolved.add(HostLookup.of(server, timeout.<Duration>getValue()));
        }
        return resolved;
    }

    private void checkTimeout() {
        TimeSpan.check(timeout, Duration.ofMillis(100), Duration.ofHours(1));
    }

    private DiscoveryClient open(List<InetSocketAddress> asked) {
        checkTimeout();
        DnsSdNames names = names();
        DiscoveryClientBuilder client = DiscoveryClient.builder(names).timeout(timeout.<Duration>getValue());
        asked.forEach(client::server);
        Path anchors = signer.getValue();
        if (anchors != null) {
            client.requireSigner(anchors(names, anchors));
        }
        return client.build();
    }

    private static List<Record> anchors(DnsSdNames names, Path file) {
        try {
            return TrustAnchors.read(names, file);
        } catch (IOException e) {
            throw new UsageException("--signer: " + e.getMessage());
        }
    }
}
