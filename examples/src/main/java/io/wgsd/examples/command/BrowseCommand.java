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
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/** Prints what a registry advertises. */
final class BrowseCommand extends Subcommand {

    private final RegistryOptions registry = new RegistryOptions();
    private final OptionSpec json =
            Options.flag("--json").description("Print an array of peers.").build();

    BrowseCommand() {
        super("browse", "Shows the peers that a registry advertises.");
        spec().addMixin("registry", registry.mixin()).addOption(json);
    }

    @Override
    public Integer call() throws DiscoveryException, InterruptedException {
        Preparation.await();
        List<Advertisement> peers;
        try (DiscoveryClient client = registry.open()) {
            peers = client.browse();
        }
        PrintWriter out = out();
        if (json.<Boolean>getValue()) {
            out.println(Json.write(peers.stream().map(BrowseCommand::json).toList()));
        } else {
            peers.forEach(peer -> out.println(text(peer)));
            if (peers.isEmpty()) {
                err().println("wgsd: the registry advertises no peer");
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
