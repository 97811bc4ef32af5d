package io.wgsd.tests.secondary;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The name servers that carry a registry's zone here, each at an address of its own. */
enum NameServer {
    // It logs transfers of changes only at the debug level.
    BIND("127.0.0.2", "named.conf", "got incremental response") {
        @Override
        List<String> command(String configuration) {
            return List.of(Program.require("named", "bind9"), "-g", "-d", "3", "-c", configuration);
        }

        @Override
        List<String> checker(String zone, String file) {
            return List.of(Program.require("named-checkzone", "bind9-utils"), "-k", "ignore", zone, file);
        }
    },
    KNOT("127.0.0.3", "knot.conf", "IXFR, incoming, remote .*, finished") {
        @Override
        List<String> command(String configuration) {
            return List.of(Program.require("knotd", "knot"), "-c", configuration);
        }

        @Override
        List<String> checker(String zone, String file) {
            return List.of(Program.require("kzonecheck", "knot-dnssecutils"), "--origin", zone, file);
        }
    },
    // It does not say how, but how much; a whole zone of these tests has at least five digits.
    NSD("127.0.0.4", "nsd.conf", "received update to serial .* of [0-9]{3,4} bytes") {
        @Override
        List<String> command(String configuration) {
            return List.of(Program.require("nsd", "nsd"), "-d", "-c", configuration);
        }

        @Override
        List<String> checker(String zone, String file) {
            return List.of(Program.require("nsd-checkzone", "nsd"), zone, file);
        }
    };

    private final String address;
    private final String configuration;
    private final Pattern tookChanges;

    NameServer(String address, String configuration, String tookChanges) {
        this.address = address;
        this.configuration = configuration;
        this.tookChanges = Pattern.compile(tookChanges);
    }

    /** Returns the command that runs it in the foreground. */
    abstract List<String> command(String configuration);

    /** Returns the command by which its makers check a zone file. */
    abstract List<String> checker(String zone, String file);

    /** Returns where it listens, and from where it asks. */
    String address() {
        return address;
    }

    /** Tells from its log whether it has had changes without the rest of the zone. */
    boolean tookChanges(String log) {
        return tookChanges.matcher(log).find();
    }

    /** Writes its configuration into a directory, which then is its own, and returns where. */
    Path configure(Path directory, String zone, String primary) throws IOException {
        String template;
        try (InputStream in = NameServer.class.getResourceAsStream("/secondary/" + configuration)) {
            template = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
        String text = template.replace("@DIRECTORY@", directory.toString())
                .replace("@ADDRESS@", address)
                .replace("@PRIMARY@", primary)
                .replace("@ZONE@", zone);
        return Files.writeString(directory.resolve(configuration), text);
    }
}
