package io.wgsd.tests.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The name servers that serve a zone into which registries publish, each as docs/publishing.md sets it up. */
enum PrimaryServer {
    BIND {
        @Override
        List<String> command(Path directory) {
            return List.of(
                    Program.require("named", "bind9"),
                    "-g",
                    "-c",
                    directory.resolve("named.conf").toString());
        }
    },
    KNOT {
        @Override
        List<String> command(Path directory) {
            return List.of(
                    Program.require("knotd", "knot"),
                    "-c",
                    directory.resolve("knot.conf").toString());
        }

        @Override
        void forget(Path directory) throws IOException {
            // What a killed one leaves behind, and what would let it restore the zone.
            deleteAll(directory.resolve("journal"));
            Files.deleteIfExists(directory.resolve("knot.pid"));
        }
    },
    POWERDNS {
        @Override
        List<String> command(Path directory) {
            return List.of(Program.require("pdns_server", "pdns-server"), "--config-dir=" + directory);
        }

        @Override
        void prepare(Path directory, LabNetwork network) throws IOException, InterruptedException {
            String setUp = directory.resolve("set-up").toString();
            Program.require("sqlite3", "sqlite3");
            Program.Result result = network.run("sh", setUp);
            if (result.status() != 0) {
                throw new AssertionError(result.output());
            }
        }

        @Override
        void forget(Path directory) throws IOException {
            Files.deleteIfExists(directory.resolve("pdns.sqlite3"));
        }
    };

    static final String ADDRESS = "127.0.0.5";
    static final String SECRET = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=";
    private static final List<String> FILES =
            List.of("named.conf", "knot.conf", "pdns.conf", "set-up", "zone", "registry.key");

    /** Returns the command that runs it in the foreground. */
    abstract List<String> command(Path directory);

    /** Does what it takes beside the configuration before the first start. */
    void prepare(Path directory, LabNetwork network) throws IOException, InterruptedException {}

    /** Makes it lose everything that was written since the zone was set up. */
    void forget(Path directory) throws IOException {}

    /** Sets it up anew, and starts it. */
    Background start(Path directory, LabNetwork network) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        forget(directory);
        Files.deleteIfExists(directory.resolve("zone.jnl"));
        for (String file : FILES) {
            Files.writeString(directory.resolve(file), text(file, directory));
        }
        Files.setPosixFilePermissions(directory.resolve("registry.key"), PosixFilePermissions.fromString("rw-------"));
        prepare(directory, network);
        Background server = network.background(command(directory));
        network.await(ADDRESS, LabNetwork.ZONE, "SOA", answer -> answer.contains("hostmaster"));
        return server;
    }

    private static String text(String file, Path directory) throws IOException {
        try (InputStream in = PrimaryServer.class.getResourceAsStream("/primary/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8)
                    .replace("@DIRECTORY@", directory.toString())
                    .replace("@ADDRESS@", ADDRESS)
                    .replace("@SECRET@", SECRET)
                    .replace("@ZONE@", LabNetwork.ZONE);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
