package io.wgsd.portmap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps which ports a router forwards, so that after a crash they are renewed or released: PCP gives a mapping only
 * to a client that has the same nonce as before.
 *
 * <p>The nonces are no secret from this host's administrator, but should not be read by others. A store is called by
 * one thread at a time, which waits for it.
 */
public interface PortMapperStore {

    /**
     * Returns a store in memory, which ends with the process.
     *
     * @return a new store
     */
    static PortMapperStore inMemory() {
        return new MemoryStore();
    }

    /**
     * Returns a store that is a file, replaced as a whole so that a crash leaves the old content or the new, and which
     * its owner alone may read.
     *
     * @param file where it is; its folder is made when it is written
     * @return the store
     */
    static PortMapperStore inFile(Path file) {
        return new FileStore(file);
    }

    /**
     * Returns what was saved last.
     *
     * @return what is kept, which only a mapper understands; empty where nothing was saved yet
     * @throws IOException if it cannot be read
     */
    Optional<byte[]> load() throws IOException;

    /**
     * Replaces what was kept before; once this returns, a crash does not lose the new state.
     *
     * @param state what to keep, which is not changed afterwards
     * @throws IOException if it could not be kept; what was kept before still is
     */
    void save(byte[] state) throws IOException;
}
