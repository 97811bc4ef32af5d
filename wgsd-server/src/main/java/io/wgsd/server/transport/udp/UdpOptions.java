package io.wgsd.server.transport.udp;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How datagrams are served: by how many threads, and whether many go into one system call. Immutable and thread-safe.
 */
public final class UdpOptions {

    private static final int MOST_THREADS = 64;

    private final int threads;
    private final @Nullable Descriptors descriptors;

    private UdpOptions(int threads, @Nullable Descriptors descriptors) {
        this.threads = threads;
        this.descriptors = descriptors;
    }

    /**
     * Finds out what this host can do of what is wanted: without JNA, native access, Linux and 64 bits, datagrams are
     * served one by one, and where sockets cannot share a port, by one thread.
     *
     * @param threads how many threads serve UDP, 1 to 64
     * @param batched whether many datagrams go into one system call where that can be
     * @return the options
     */
    public static UdpOptions ofThisHost(int threads, boolean batched) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads for UDP must be 1.." + MOST_THREADS + ", was " + threads);
        }
        return new UdpOptions(canShare() ? threads : 1, batched ? descriptors() : null);
    }

    public int threads() {
        return threads;
    }

    /** Returns whether many datagrams go into one system call. */
    public boolean batched() {
        return descriptors != null;
    }

    /**
     * Finds out the descriptor of a socket that is to be served in batches; empty where it is not, or where that fails.
     */
    public OptionalInt descriptor(NetworkChannel socket) {
        Descriptors finder = descriptors;
        if (finder == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(finder.of(socket));
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    private static @Nullable Descriptors descriptors() {
        if (!System.getProperty("os.name", "").startsWith("Linux")) {
            return null;
        }
        try {
            return DatagramBatch.fits() ? new Descriptors() : null;
        } catch (LinkageError | IllegalCallerException e) {
            return null;
        }
    }

    private static boolean canShare() {
        try (DatagramChannel scratch = DatagramChannel.open()) {
            return scratch.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
        } catch (IOException e) {
            return false;
        }
    }
}
