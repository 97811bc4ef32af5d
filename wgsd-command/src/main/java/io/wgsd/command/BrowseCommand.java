package io.wgsd.command;

import io.wgsd.command.options.LookupOptions;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.output.Json;
import io.wgsd.discovery.BrowseResult;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/** Prints what a registry advertises. */
final class BrowseCommand extends Subcommand {

    private final LookupOptions registry = new LookupOptions();
    private final OptionSpec json =
            OptionSpecs.flag("--json").description("Print an array of peers.").build();

    BrowseCommand() {
        super("browse", "Shows the peers that a registry advertises.");
        spec().addMixin("registry", registry.mixin()).addOption(json);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LookupPreload.await();
        BrowseResult result;
        try (DiscoveryClient client = registry.open()) {
            result = client.browseAll();
        }
        List<Advertisement> peers = result.peers();
        PrintWriter out = out();
        if (json.<Boolean>getValue()) {
            out.println(Json.write(peers.stream().map(BrowseCommand::json).toList()));
        } else {
            peers.forEach(peer -> out.println(text(peer)));
            if (peers.isEmpty() && result.isComplete()) {
                err().println("wgsd: the registry advertises no peer");
            }
        }
        out.flush();
        result.failures().forEach((key, e) -> err().println("wgsd: " + key + " is not shown: " + e.getMessage()));
        result.missingLists().forEach(e -> err().println("wgsd: a part of the list is missing: " + e.getMessage()));
        return result.isComplete() ? 0 : 1;
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
