package io.wgsd.examples.command;

import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.discovery.DiscoveryException;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what a registry advertises. */
@Command(name = "browse", description = "Shows the peers that a registry advertises.", mixinStandardHelpOptions = true)
final class BrowseCommand implements Callable<Integer> {

    @Mixin
    private RegistryOptions registry = new RegistryOptions();

    @Option(names = "--json", description = "Print an array of peers.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws DiscoveryException, InterruptedException {
        Preparation.await();
        List<Advertisement> peers;
        try (DiscoveryClient client = registry.open()) {
            peers = client.browse();
        }
        PrintWriter out = Terminal.out(spec);
        if (json) {
            out.println(Json.write(peers.stream().map(BrowseCommand::json).toList()));
        } else {
            peers.forEach(peer -> out.println(text(peer)));
            if (peers.isEmpty()) {
                Terminal.err(spec).println("wgsd: the registry advertises no peer");
            }
        }
        out.flush();
        return 0;
    }

    private static String text(Advertisement peer) {
        return peer.publicKey() + "  "
                + join(peer.endpoints().stream().map(Endpoint::toString).toList()) + "  "
                + join(peer.allowedIps().stream().map(IpPrefix::toString).toList())
                + (peer.allowedIpsComplete() ? "" : " and more");
    }

    private static String join(List<String> values) {
        return values.isEmpty() ? "-" : values.stream().collect(Collectors.joining(","));
    }

    private static Map<String, Object> json(Advertisement peer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("publicKey", peer.publicKey().toBase64());
        json.put("endpoints", peer.endpoints().stream().map(Endpoint::toString).toList());
        json.put(
                "allowedIps", peer.allowedIps().stream().map(IpPrefix::toString).toList());
        return json;
    }
}
