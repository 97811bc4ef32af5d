package io.wgsd.command;

import io.wgsd.command.options.BackendOption;
import io.wgsd.command.options.LookupOptions;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.DiscoveryAgentBuilder;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.discovery.PassResult;
import io.wgsd.discovery.PeerOutcome;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Makes one pass over a device and exits. */
final class ClientCommand extends Subcommand {

    private final BackendOption backend = new BackendOption();
    private final LookupOptions registry = new LookupOptions();

    private final OptionSpec device = OptionSpecs.one(String.class, "--device", "-device")
            .paramLabel("DEVICE")
            .required(true)
            .description("The WireGuard device, as in wg0.")
            .build();

    private final OptionSpec keep = OptionSpecs.many(String.class, "--keep")
            .paramLabel("KEY")
            .description("A peer that is never changed; may be repeated.")
            .build();

    private final OptionSpec insecureDns = OptionSpecs.flag("--insecure-dns")
            .description("Do not warn about a registry that is not reached through the device.")
            .build();

    ClientCommand() {
        super("client", "Looks a device's peers up, sets the endpoints that changed, and exits.");
        spec().addMixin("backend", backend.mixin())
                .addMixin("registry", registry.mixin())
                .addOption(device)
                .addOption(keep)
                .addOption(insecureDns);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LookupPreload.await();
        PassResult result;
        try (PeerSource source = backend.open();
                DiscoveryClient client = registry.open()) {
            DiscoveryAgentBuilder agent = DiscoveryAgent.builder(source, device.getValue(), client);
            List<String> kept = keep.getValue();
            kept.forEach(key -> agent.keep(PublicKey.parse(key)));
            result = agent.allowInsecureDns(insecureDns.<Boolean>getValue()).runOnce();
        }
        PrintWriter out = out();
        PrintWriter err = err();
        result.warnings().forEach(warning -> err.println("wgsd: " + warning));
        // All at once, because println would make a system call for each line.
        StringBuilder lines = new StringBuilder();
        for (PeerOutcome outcome : result.outcomes()) {
            lines.append(text(outcome)).append(System.lineSeparator());
        }
        out.print(lines);
        out.flush();
        return failures(result, err) == 0 ? 0 : 1;
    }

    /** Reports in one line how many peers could not be looked up, and returns that number. */
    private static int failures(PassResult result, PrintWriter err) {
        List<PeerOutcome> failed = result.outcomes().stream()
                .filter(outcome -> outcome.kind() == PeerOutcome.Kind.LOOKUP_FAILED)
                .toList();
        failed.stream()
                .findFirst()
                .flatMap(PeerOutcome::reason)
                .ifPresent(reason -> err.println("wgsd: " + failed.size() + " of "
                        + result.outcomes().size() + " peers could not be looked up: " + reason));
        return failed.size();
    }

    static String text(PeerOutcome outcome) {
        String endpoint = outcome.endpoint().map(Endpoint::toString).orElse("none");
        String previous = outcome.previousEndpoint().map(Endpoint::toString).orElse("none");
        String done = switch (outcome.kind()) {
            case UPDATED -> "endpoint set to " + endpoint + ", was " + previous;
            case UNCHANGED -> "has the endpoint " + endpoint + " already";
            case LIVE ->
                (outcome.reason().isEmpty() ? "has a live session with " : "may have a live session with ") + endpoint
                        + " and is left alone"
                        + outcome.reason().map(reason -> ": " + reason).orElse("");
            case KEPT -> "is kept as it is";
            case REGISTRY -> "is the registry's own peer and is left alone";
            case NOT_ADVERTISED -> "is not advertised";
            case REFUSED ->
                "is advertised at " + endpoint + ", which is not used: "
                        + outcome.reason().orElse("it is refused");
            case LOOKUP_FAILED -> "could not be looked up";
            case GONE -> "was removed meanwhile";
        };
        return outcome.publicKey() + " " + done;
    }
}
