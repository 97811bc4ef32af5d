package io.wgsd.relay;

import io.wgsd.internal.file.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A store that is a file. */
final class FileStore implements RelayStore {

    /** More than a relay with as many members as it may have writes. */
    private static final int LIMIT = 16 << 20;

    private final StateFile file;

    FileStore(Path path) {
        file = new StateFile(path, LIMIT);
    }

    @Override
    public Optional<byte[]> load() throws IOException {
        return file.read();
    }

    @Override
    public void save(byte[] state) throws IOException {
        file.write(state);
    }

    /** Returns the path. */
    @Override
    public String toString() {
        return file.toString();
    }
}
