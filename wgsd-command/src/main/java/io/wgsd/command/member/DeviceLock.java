package io.wgsd.command.member;

import io.wgsd.internal.file.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A lock that one holder of a device has, until it is closed or its process ends. Used by one thread at a time. */
final class DeviceLock implements AutoCloseable {

    private final Path file;
    private @Nullable FileChannel held;

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
        FileChannel channel = null;
        boolean taken = false;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // By another part of this process.
        } catch (IOException e) {
            throw FileFailure.of("cannot lock " + file, file, e);
        } finally {
            if (channel != null && !taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw new IOException(
                    "an agent or a registry that has " + file + " already makes the peers of this device");
        }
        held = channel;
    }

    @Override
    public void close() {
        FileChannel channel = held;
        held = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
