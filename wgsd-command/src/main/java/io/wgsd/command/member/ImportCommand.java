package io.wgsd.command.member;

import io.wgsd.command.join.QuickFile;
import io.wgsd.internal.file.InputFile;
import io.wgsd.members.Member;
import io.wgsd.members.Network;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Proposes lines of a network's file for the hosts of which existing configurations know; it changes nothing. */
final class ImportCommand extends InFolder {

    private static final int MAX_NAME = 50;
    private static final int SHOWN_OF_KEY = 8;

    private final PositionalParamSpec files = PositionalParamSpec.builder()
            .index("0..*")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .paramLabel("FILE")
            .description("A configuration for wg-quick; the comment above a section is the host's name.")
            .build();

    ImportCommand() {
        super("import", "Prints lines for a network's file, from configurations for wg-quick; changes nothing.");
        spec().addPositional(files);
    }

    /** What the files say of one host. */
    private static final class Found {

        private String name = "";
        private final NavigableSet<IpPrefix> prefixes = new TreeSet<>();
        private Optional<String> endpoint = Optional.empty();
    }

    @Override
    void run(MemberFolder where) throws IOException {
        Map<PublicKey, Found> hosts = new LinkedHashMap<>();
        NavigableSet<IpPrefix> ranges = new TreeSet<>();
        boolean presharedKeys = false;
        for (Path file : files.<List<Path>>getValue()) {
            QuickFile quick = read(file);
            ranges.addAll(quick.ranges());
            presharedKeys |= quick.hasPresharedKeys();
            for (QuickFile.Host host : quick.hosts()) {
                Found found = hosts.computeIfAbsent(host.key(), key -> new Found());
                found.name = found.name.isEmpty() ? name(host.comment()) : found.name;
                found.prefixes.addAll(host.prefixes());
                found.endpoint = found.endpoint.or(host::endpoint);
            }
        }
        Set<String> names = new HashSet<>();
        if (Files.exists(where.networkFile())) {
            Network network = where.read().network();
            ranges.removeAll(network.ranges());
            network.members().forEach(member -> {
                hosts.remove(member.publicKey());
                names.add(member.name());
            });
        }
        ranges.forEach(range -> out().println("range " + range));
        hosts.forEach((key, found) -> print(key, found, names));
        if (presharedKeys) {
            err().println("wgsd: preshared keys are left out: a list of members has none");
        }
        err().println("wgsd: nothing was changed; put the lines that you want into " + MemberFolder.NETWORK
                + ", and make at least one host a registry, with its endpoint");
    }

    private static QuickFile read(Path file) throws IOException {
        byte[] content = InputFile.readTrusted(file, "configuration for wg-quick");
        try {
            return QuickFile.parse(new String(content, StandardCharsets.UTF_8));
        } catch (FormatException e) {
            throw new IOException(file + ", " + e.getMessage(), e);
        }
    }

    private void print(PublicKey key, Found found, Set<String> names) {
        String name = found.name.isEmpty() ? "host-" + key.toHex().substring(0, SHOWN_OF_KEY) : found.name;
        for (int i = 2; !names.add(name); i++) {
            name = (found.name.isEmpty() ? name : found.name) + "-" + i;
        }
        String comment = found.endpoint.map(at -> " # reached at " + at).orElse("");
        boolean everything = found.prefixes.removeIf(IpPrefix::isDefaultRoute);
        if (everything) {
            comment += (comment.isEmpty() ? " #" : ",") + " was the way to everywhere";
        }
        try {
            out().println(Member.builder(key, name).allowedIps(found.prefixes).build() + comment);
        } catch (FormatException e) {
            out().println("# " + key + ": " + e.getMessage() + comment.replace(" #", ";"));
        }
    }

    /** Makes a name of a comment, as "Alice's laptop" or "friendly_name=alice"; empty where that is none. */
    private static String name(String comment) {
        String words = comment.replaceFirst("(?i)^(friendly_)?name\\s*[=:]\\s*", "");
        String name = words.toLowerCase(Locale.ROOT).replaceAll("['’]", "").replaceAll("[^a-z0-9]+", "-");
        name = name.substring(0, Math.min(MAX_NAME, name.length())).replaceAll("^-|-$", "");
        return name.matches("[0-9]*|0x[0-9a-f]*") ? "" : name;
    }
}
