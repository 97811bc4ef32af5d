package io.wgsd.command.http;

import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.UsageException;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of commands that stay, which say where these show what they do. */
public final class HttpOption {

    private static final String LOCALHOST = "localhost:";

    private final OptionSpec http = OptionSpecs.one(String.class, "--http")
            .paramLabel("HOST:PORT")
            .description("Show here what there is: a page for browsers, /metrics, /health and /ready;"
                    + " a loopback address, as in 127.0.0.1:9586.")
            .build();

    private final OptionSpec peerMetrics = OptionSpecs.flag("--peer-metrics")
            .description("Also show metrics of each peer, whose number grows with the network.")
            .build();

    private final boolean hasPeers;

    /** Makes the options of a command that has metrics of each peer. */
    public HttpOption() {
        this(true);
    }

    /**
     * Makes the options.
     *
     * @param hasPeers whether there are metrics of each peer
     */
    public HttpOption(boolean hasPeers) {
        this.hasPeers = hasPeers;
    }

    public CommandSpec mixin() {
        CommandSpec mixin = CommandSpec.wrapWithoutInspection(this).addOption(http);
        return hasPeers ? mixin.addOption(peerMetrics) : mixin;
    }

    /** Returns whether there are to be metrics of each peer. */
    public boolean isPerPeer() {
        return hasPeers && peerMetrics.<Boolean>getValue();
    }

    /** Checks what was given, before anything else is done. */
    public void check() {
        if (address().isEmpty() && isPerPeer()) {
            throw new UsageException("--peer-metrics needs --http");
        }
    }

    /**
     * Serves what was asked for; empty if nothing was.
     *
     * @param status what answers at the status socket
     */
    public Optional<AutoCloseable> open(Pages pages, UnaryOperator<String> status) throws IOException {
        Optional<InetSocketAddress> address = address();
        return address.isEmpty() ? Optional.empty() : Optional.of(MonitoringServer.open(address.get(), pages, status));
    }

    private Optional<InetSocketAddress> address() {
        String text = http.<@Nullable String>getValue();
        if (text == null) {
            return Optional.empty();
        }
        Endpoint endpoint;
        try {
            endpoint = Endpoint.parse(
                    text.startsWith(LOCALHOST) ? "127.0.0.1:" + text.substring(LOCALHOST.length()) : text);
        } catch (FormatException e) {
            throw new UsageException(
                    "--http " + text + " is no address with a port; give both, as in --http 127.0.0.1:9586");
        }
        InetSocketAddress address = new InetSocketAddress(endpoint.address().toInetAddress(), endpoint.port());
        if (!address.getAddress().isLoopbackAddress()) {
            throw new UsageException("--http " + text
                    + " is no loopback address, and anyone who reaches it could read it; give one, as in"
                    + " --http 127.0.0.1:9586, and let others read it by a proxy that knows its users");
        }
        return Optional.of(address);
    }
}
