package io.wgsd.examples.command;

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
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes, rolls and retires the keys of a signed zone. */
@Command(
        name = "key",
        description = "Makes, rolls and retires the keys with which a registry signs its zone.",
        mixinStandardHelpOptions = true)
final class KeyCommand {

    @Spec
    private @Nullable CommandSpec spec;

    @Command(name = "new", description = "Makes the zone's first key, and prints what its parent zone is to have.")
    int make(
            @Mixin Keys keys,
            @Option(
                            names = "--algorithm",
                            paramLabel = "ed25519|p256",
                            defaultValue = "ed25519",
                            description = "How it signs (default: ${DEFAULT-VALUE}).")
                    String algorithm)
            throws IOException {
        if (keys.exist() && !keys.list().isEmpty()) {
            throw new UsageException("there is a key for " + keys + " already; \"wgsd key roll\" makes its successor");
        }
        print(keys.directory().create(keys.zone(), SigningAlgorithm.parse(algorithm), Instant.now()));
        return 0;
    }

    @Command(
            name = "roll",
            description = "Makes a successor, which signs together with the key that there is from the next reload on,"
                    + " and prints what the parent zone is to have instead.")
    int roll(
            @Mixin Keys keys,
            @Option(
                            names = "--algorithm",
                            paramLabel = "ed25519|p256",
                            description = "How it signs (default: as the key that there is).")
                    @Nullable
                    String algorithm)
            throws IOException {
        List<SigningKey> present = keys.list();
        if (present.size() != 1) {
            throw new UsageException(
                    present.isEmpty()
                            ? "there is no key for " + keys + " yet; \"wgsd key new\" makes one"
                            : "a key is being rolled already: " + keys.tags(present)
                                    + "; once the parent has the new one, \"wgsd key retire\" takes the old one away");
        }
        SigningAlgorithm how = algorithm == null ? present.get(0).algorithm() : SigningAlgorithm.parse(algorithm);
        print(keys.directory().create(keys.zone(), how, Instant.now()));
        Terminal.err(spec)
                .println("wgsd: next: reload the registry, have the parent zone replace its DS record, wait for"
                        + " that record's TTL, then: wgsd key retire --zone " + keys.zone() + " --dir " + keys.folder
                        + " "
                        + present.get(0).tag());
        return 0;
    }

    @Command(name = "retire", description = "Deletes a key that has a successor, once the parent trusts that one.")
    int retire(@Mixin Keys keys, @Parameters(paramLabel = "TAG", description = "The number of the key.") int tag)
            throws IOException {
        List<SigningKey> present = keys.list();
        SigningKey old = present.stream()
                .filter(key -> key.tag() == tag)
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "there is no key " + tag + " for " + keys + "; there are: " + keys.tags(present)));
        if (present.size() == 1) {
            throw new UsageException("key " + tag + " is the only one of " + keys.zone()
                    + "; to give signing up, have the parent zone remove its DS record, and then leave --sign out");
        }
        keys.directory().delete(old);
        Terminal.err(spec).println("wgsd: key " + tag + " is deleted; reload the registry");
        return 0;
    }

    @Command(name = "ds", description = "Prints what the parent zone is to have for the newest key.")
    int ds(@Mixin Keys keys) throws IOException {
        List<SigningKey> present = keys.list();
        if (present.isEmpty()) {
            throw new IOException("there is no key for " + keys);
        }
        print(present.get(present.size() - 1));
        return 0;
    }

    private void print(SigningKey key) {
        PrintWriter out = Terminal.out(spec);
        out.println(key.ds());
        out.flush();
    }

    /** The zone and the folder of its keys, which every one of these commands needs. */
    static final class Keys {

        @Option(names = "--zone", paramLabel = "ZONE", required = true, description = "The zone, as in example.com.")
        private String zone = "";

        @Option(names = "--dir", paramLabel = "KEYDIR", required = true, description = "Where its keys are.")
        private Path folder = Path.of("");

        Name zone() {
            return DnsSdNames.parse(zone).origin();
        }

        KeyDirectory directory() {
            return new KeyDirectory(folder);
        }

        List<SigningKey> list() throws IOException {
            return directory().keys(zone(), Instant.now());
        }

        boolean exist() {
            return Files.exists(folder);
        }

        String tags(List<SigningKey> keys) {
            return keys.stream().map(key -> Integer.toString(key.tag())).collect(Collectors.joining(", "));
        }

        @Override
        public String toString() {
            return zone() + " in " + folder;
        }
    }
}
