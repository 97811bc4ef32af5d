package io.wgsd.command.options;

import io.wgsd.server.RegistryBuilder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How queries over UDP are answered. */
final class UdpOptions {

    private static final int MOST_THREADS = 64;
    private static final String BATCHED = "batched";

    private final OptionSpec threads = OptionSpecs.one(Integer.class, "--udp-threads")
            .paramLabel("N")
            .description("How many threads serve UDP (default: one for each processor, at most 16).")
            .build();

    private final OptionSpec way = OptionSpecs.one(String.class, "--udp")
            .paramLabel("batched|portable")
            .defaultValue(BATCHED)
            .description("batched: many datagrams in one system call, on Linux; portable: one in each"
                    + " (default: ${DEFAULT-VALUE}).")
            .build();

    CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this).addOption(threads).addOption(way);
    }

    /** Checks all that can be wrong before the device is read. */
    void check() {
        Integer count = threads.getValue();
        if (count != null && (count < 1 || count > MOST_THREADS)) {
            throw new UsageException("--udp-threads must be 1.." + MOST_THREADS + ", was " + count);
        }
        if (!isBatched() && !way.getValue().equals("portable")) {
            throw new UsageException("--udp must be batched or portable, was \"" + way.getValue() + "\"");
        }
    }

    void addTo(RegistryBuilder registry) {
        Integer count = threads.getValue();
        if (count != null) {
            registry.udpThreads(count);
        }
        registry.batchedUdp(isBatched());
    }

    private boolean isBatched() {
        return way.getValue().equals(BATCHED);
    }
}
