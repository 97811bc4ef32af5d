package io.wgsd.examples.command;

import io.wgsd.server.RegistryBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How queries by UDP are served. */
final class UdpOption {

    private static final int MOST_THREADS = 64;
    private static final String BATCHED = "batched";

    @Option(
            names = "--udp-threads",
            paramLabel = "N",
            description = "How many threads answer by UDP (default: one for each processor, at most 16).")
    private @Nullable Integer threads;

    @Option(
            names = "--udp",
            paramLabel = "batched|portable",
            defaultValue = BATCHED,
            description = "Whether many datagrams go into one system call, on Linux, or each into its own"
                    + " (default: ${DEFAULT-VALUE}).")
    private String way = BATCHED;

    /** Checks what can be wrong, before a device is looked at. */
    void check() {
        if (threads != null && (threads < 1 || threads > MOST_THREADS)) {
            throw new UsageException("--udp-threads must be 1.." + MOST_THREADS + ", was " + threads);
        }
        if (!way.equals(BATCHED) && !way.equals("portable")) {
            throw new UsageException("--udp must be batched or portable, was \"" + way + "\"");
        }
    }

    void addTo(RegistryBuilder registry) {
        if (threads != null) {
            registry.udpThreads(threads);
        }
        registry.batchedUdp(way.equals(BATCHED));
    }
}
