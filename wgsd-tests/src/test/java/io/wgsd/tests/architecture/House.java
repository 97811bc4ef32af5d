package io.wgsd.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The house as it is designed: which packages are published, and which other ones each of them may know.
 *
 * <p>A published package and the rooms beneath it are one slice. A room is a package that no module exports.
 */
final class House {

    static final String ROOT = "io.wgsd.";

    /** The packages that users see, with those that each may know. */
    static final Map<String, Set<String>> PUBLISHED = Map.ofEntries(
            Map.entry("model", Set.of("internal")),
            Map.entry("spi", Set.of("model", "internal")),
            Map.entry("dnssd", Set.of("model", "internal")),
            Map.entry("dnssd.push", Set.of("dnssd", "model", "internal")),
            Map.entry("members", Set.of("dnssd", "model", "internal")),
            Map.entry("discovery", Set.of("members", "dnssd.push", "dnssd", "spi", "model", "internal")),
            Map.entry("backend.cli", Set.of("spi", "model", "internal")),
            Map.entry("backend.netlink", Set.of("spi", "model", "internal")),
            Map.entry("backend.uapi", Set.of("spi", "model", "internal")),
            Map.entry("server", Set.of("members", "dnssd.push", "dnssd", "spi", "model", "internal")),
            Map.entry("publish", Set.of("dnssd", "model", "internal")),
            Map.entry("relay", Set.of("dnssd", "model", "internal")),
            Map.entry("portmap", Set.of("model", "internal")),
            Map.entry(
                    "micrometer",
                    Set.of(
                            "micrometer.families",
                            "relay",
                            "publish",
                            "server",
                            "discovery",
                            "dnssd",
                            "spi",
                            "model",
                            "internal")),
            Map.entry("testkit.memory", Set.of("discovery", "dnssd", "spi", "model", "internal")),
            Map.entry("testkit.net", Set.of("testkit.memory", "discovery", "dnssd", "spi", "model", "internal")),
            Map.entry("testkit.contract", Set.of("spi", "model", "internal")));

    /** What is for no user: helpers of the library, the command, and the examples. */
    static final Map<String, Set<String>> UNPUBLISHED = Map.of(
            "internal",
            Set.of(),
            // What is shown of a registry, a relay and an agent, by Micrometer and by the command alike.
            "micrometer.families",
            Set.of("relay", "publish", "server", "discovery", "members", "dnssd", "spi", "model", "internal"),
            "command",
            Set.of(
                    "micrometer.families",
                    "testkit.net",
                    "testkit.memory",
                    "portmap",
                    "relay",
                    "publish",
                    "server",
                    "discovery",
                    "members",
                    "dnssd.push",
                    "dnssd",
                    "spi",
                    "model",
                    "internal"),
            "examples",
            Set.of("portmap", "relay", "publish", "server", "discovery", "members", "dnssd", "spi", "model"));

    private static final List<String> SLICES = Stream.of(PUBLISHED, UNPUBLISHED)
            .flatMap(packages -> packages.keySet().stream())
            // The longest name first, because dnssd.push is no room of dnssd.
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();

    private House() {}

    /** Returns the slice that a package is in; empty where the design knows none. */
    static Optional<String> slice(String packageName) {
        return SLICES.stream().filter(slice -> isIn(packageName, ROOT + slice)).findFirst();
    }

    /** Returns which room of its slice a package is; empty for the published package itself. */
    static Optional<String> room(String packageName) {
        return slice(packageName)
                .map(slice -> packageName.substring((ROOT + slice).length()))
                .filter(rest -> !rest.isEmpty())
                .map(rest -> rest.substring(1));
    }

    static Set<String> slices() {
        return Set.copyOf(SLICES);
    }

    /** Returns what a slice may know. */
    static Set<String> known(String slice) {
        return PUBLISHED.containsKey(slice) ? PUBLISHED.get(slice) : UNPUBLISHED.get(slice);
    }

    static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT);
    }

    private static boolean isIn(String packageName, String slice) {
        return packageName.equals(slice) || packageName.startsWith(slice + ".");
    }
}
