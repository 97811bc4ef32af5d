package io.wgsd.command;

import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.output.Json;
import io.wgsd.spi.BackendStatus;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;

/** Prints which backends there are, in the order in which they are asked, and why the others cannot be used. */
final class BackendsCommand extends Subcommand {

    private final OptionSpec json = OptionSpecs.flag("--json")
            .description("Print an array of backends.")
            .build();

    BackendsCommand() {
        super("backends", "Shows which backends can reach a WireGuard here, and why the others cannot.");
        spec().addOption(json);
    }

    @Override
    public Integer call() {
        List<BackendStatus> backends;
        try (PeerSources sources = PeerSources.open(PeerSourceOptions.defaults())) {
            backends = sources.backends();
        }
        PrintWriter out = out();
        if (json.<Boolean>getValue()) {
            out.println(Json.write(backends.stream().map(BackendsCommand::json).toList()));
        } else {
            backends.forEach(backend -> out.println(text(backend)));
        }
        out.flush();
        return 0;
    }

    private static String text(BackendStatus backend) {
        return backend.name()
                + (backend.availability().isAvailable() ? ": available: " : ": not available: ")
                + backend.availability();
    }

    private static Map<String, Object> json(BackendStatus backend) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", backend.name());
        json.put("priority", backend.priority());
        json.put("available", backend.availability().isAvailable());
        json.put("reason", backend.availability().reason());
        json.put("remedy", backend.availability().remedy());
        return json;
    }
}
