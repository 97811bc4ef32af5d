package io.wgsd.command;

import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.SigningOption;
import io.wgsd.command.options.UsageException;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.KeyDirectory;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes, rolls and retires the keys of a signed zone. */
final class KeyCommand {

    private KeyCommand() {}

    /** Returns the command, which only has subcommands. */
    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("key");
        spec.usageMessage().description("Makes, rolls and retires the keys with which a registry signs its zone.");
        OptionSpecs.addHelp(spec);
        return spec.addSubcommand("new", new New().spec())
                .addSubcommand("roll", new Roll().spec())
                .addSubcommand("retire", new Retire().spec())
                .addSubcommand("ds", new Ds().spec());
    }

    /** A subcommand for the keys of one zone in one folder. */
    private abstract static class OfZone extends Subcommand {

        private final OptionSpec zone = OptionSpecs.one(String.class, "--zone")
                .paramLabel("ZONE")
                .required(true)
                .description("The zone, as in wg.example.com.")
                .build();

        private final OptionSpec folder = OptionSpecs.one(Path.class, "--dir")
                .paramLabel("KEYDIR")
                .required(true)
                .description("Where its keys are.")
                .build();

        OfZone(String name, String description) {
            super(name, description);
            spec().addOption(zone).addOption(folder);
        }

        @Override
        public final Integer call() throws IOException {
            run(new Keys(DnsSdNames.parse(zone.getValue()), folder.getValue()));
            return 0;
        }

        abstract void run(Keys keys) throws IOException;

        final void print(SigningKey key) {
            PrintWriter out = out();
            out.println(key.ds());
            out.flush();
        }
    }

    private static final class New extends OfZone {

        private final OptionSpec algorithm = OptionSpecs.one(String.class, "--algorithm")
                .paramLabel("ed25519|p256")
                .defaultValue("ed25519")
                .description("How it signs (default: ${DEFAULT-VALUE}).")
                .build();

        New() {
            super("new", "Makes the zone's first key, and prints the DS record for its parent zone.");
            spec().addOption(algorithm);
        }

        @Override
        void run(Keys keys) throws IOException {
            if (keys.exist() && !keys.list().isEmpty()) {
                throw new UsageException(
                        "there is a key for " + keys + " already; \"wgsd key roll\" makes its successor");
            }
            print(keys.create(SigningAlgorithm.parse(algorithm.getValue())));
        }
    }

    private static final class Roll extends OfZone {

        private final OptionSpec algorithm = OptionSpecs.one(String.class, "--algorithm")
                .paramLabel("ed25519|p256")
                .description("How it signs (default: as the current key).")
                .build();

        Roll() {
            super(
                    "roll",
                    "Makes a successor, which signs together with the current key from the next reload on,"
                            + " and prints the new DS record for the parent zone.");
            spec().addOption(algorithm);
        }

        @Override
        void run(Keys keys) throws IOException {
            List<SigningKey> present = keys.list();
            if (present.size() != 1) {
                throw new UsageException(
                        present.isEmpty()
                                ? "there is no key for " + keys + " yet; \"wgsd key new\" makes one"
                                : "a key is being rolled already: " + tags(present)
                                        + "; once the parent has the new one, \"wgsd key retire\" takes the old one away");
            }
            String how = algorithm.getValue();
            print(keys.create(how == null ? present.get(0).algorithm() : SigningAlgorithm.parse(how)));
            err().println("wgsd: next: reload the registry, have the parent zone replace its DS record, wait for"
                    + " that record's TTL, then: wgsd key retire --zone " + keys.zone() + " --dir " + keys.folder()
                    + " " + present.get(0).tag());
        }
    }

    private static final class Retire extends OfZone {

        private final PositionalParamSpec tag = PositionalParamSpec.builder()
                .index("0")
                .required(true)
                .type(int.class)
                .paramLabel("TAG")
                .description("The key's tag.")
                .build();

        Retire() {
            super("retire", "Deletes a key that has a successor, after the parent trusts the successor.");
            spec().addPositional(tag);
        }

        @Override
        void run(Keys keys) throws IOException {
            int wanted = tag.getValue();
            List<SigningKey> present = keys.list();
            SigningKey old = present.stream()
                    .filter(key -> key.tag() == wanted)
                    .findFirst()
                    .orElseThrow(() -> new UsageException(
                            "there is no key " + wanted + " for " + keys + "; there are: " + tags(present)));
            if (present.size() == 1) {
                throw new UsageException("key " + wanted + " is the only one of " + keys.zone()
                        + "; to stop signing, have the parent zone remove its DS record, and then leave --sign out");
            }
            keys.directory().delete(old);
            err().println("wgsd: key " + wanted + " is deleted; reload the registry");
        }
    }

    private static final class Ds extends OfZone {

        Ds() {
            super("ds", "Prints the DS record of the newest key for the parent zone.");
        }

        @Override
        void run(Keys keys) throws IOException {
            List<SigningKey> present = keys.list();
            if (present.isEmpty()) {
                throw new IOException("there is no key for " + keys);
            }
            print(present.get(present.size() - 1));
        }
    }

    private static String tags(List<SigningKey> keys) {
        return keys.stream().map(key -> Integer.toString(key.tag())).collect(Collectors.joining(", "));
    }

    /** The keys of a zone in a folder. */
    private record Keys(DnsSdNames zone, Path folder) {

        KeyDirectory directory() {
            return new KeyDirectory(folder);
        }

        List<SigningKey> list() throws IOException {
            return SigningOption.keysIn(folder, zone);
        }

        SigningKey create(SigningAlgorithm algorithm) throws IOException {
            return directory().create(zone, algorithm, Instant.now());
        }

        boolean exist() {
            return Files.exists(folder);
        }

        @Override
        public String toString() {
            return zone + " in " + folder;
        }
    }
}
