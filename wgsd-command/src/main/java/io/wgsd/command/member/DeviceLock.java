package io.wgsd.command.member;

import io.wgsd.internal.file.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A lock that one holder of a device has, until it is closed or its process ends. Used by one thread at a time. */
final class DeviceLock implements AutoCloseable {

    /**
     * What this process holds. A second descriptor of such a file must not even be opened: a process loses all of its
     * locks of a file when it closes any of them (fcntl(2)).
     */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path file;
    private @Nullable FileChannel held;
    private @Nullable Path heldAt;

    DeviceLock(Path file) {
        this.file = file;
    }

    /**
     * Takes it.
     *
     * @throws IOException if another holder has it, or the file cannot be opened
     */
    void take() throws IOException {
        if (held != null) {
            return;
        }
        synchronized (HELD) {
            try {
                Path folder = Files.createDirectories(file.resolveSibling("."));
                Path real = folder.toRealPath().resolve(file.getFileName());
                held = HELD.contains(real) ? null : lock(real);
                if (held != null) {
                    HELD.add(real);
                    heldAt = real;
                    return;
                }
            } catch (IOException e) {
                throw FileFailure.of("cannot lock " + file, file, e);
            }
        }
        throw new IOException("an agent or a registry that has " + file + " already makes the peers of this device");
    }

    private static @Nullable FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return taken ? channel : null;
    }

    @Override
    public void close() {
        FileChannel channel = held;
        held = null;
        if (channel == null) {
            return;
        }
        synchronized (HELD) {
            HELD.remove(heldAt);
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
