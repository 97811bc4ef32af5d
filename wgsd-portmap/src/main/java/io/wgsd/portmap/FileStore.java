package io.wgsd.portmap;

import io.wgsd.internal.file.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A store that is a file. */
final class FileStore implements PortMapperStore {

    /** More than is written of as many mappings as are kept at most. */
    private static final int LIMIT = 64 << 10;

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
