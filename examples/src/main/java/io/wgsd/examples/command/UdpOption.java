package io.wgsd.examples.command;

import io.wgsd.server.RegistryBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How queries by UDP are served. */
final class UdpOption {

    private static final int MOST_THREADS = 64;

    @Option(
            names = "--udp-threads",
            paramLabel = "N",
            description = "How many threads answer by UDP (default: one for each processor, at most 16).")
    private @Nullable Integer threads;

    @Option(
            names = "--udp",
            paramLabel = "batched|portable",
            defaultValue = "batched",
            description = "Whether many datagrams go into one system call, on Linux, or each into its own"
                    + " (default: ${DEFAULT-VALUE}).")
    private String way = "batched";

    void addTo(RegistryBuilder registry) {
        if (threads != null) {
            if (threads < 1 || threads > MOST_THREADS) {
                throw new UsageException("--udp-threads must be 1.." + MOST_THREADS + ", was " + threads);
            }
            registry.udpThreads(threads);
        }
        switch (way.toLowerCase(Locale.ROOT)) {
            case "batched" -> registry.batchedUdp(true);
            case "portable" -> registry.batchedUdp(false);
            default -> throw new UsageException("--udp must be batched or portable, was \"" + way + "\"");
        }
    }
}
