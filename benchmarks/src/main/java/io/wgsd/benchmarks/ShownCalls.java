package io.wgsd.benchmarks;

import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import java.io.File;
import java.io.IOException;

/**
 * Reads a device three times under {@code strace}, and marks where each reading begins and ends by asking for files
 * that do not exist: {@code ShownCalls BACKEND DEVICE}.
 */
public final class ShownCalls {

    private static final int READINGS = 3;

    private ShownCalls() {}

    public static void main(String... arguments) throws IOException {
        try (PeerSource source = PeerSources.open(arguments[0], PeerSourceOptions.defaults())) {
            for (int i = 1; i <= READINGS; i++) {
                mark("reading-" + i);
                source.read(arguments[1]);
                mark("end");
            }
        }
    }

    /** Asks as the file system's older interface does, with one system call. */
    private static void mark(String name) throws IOException {
        if (new File("/wgsd-mark-" + name).exists()) {
            throw new IOException("a mark exists as a file");
        }
    }
}
