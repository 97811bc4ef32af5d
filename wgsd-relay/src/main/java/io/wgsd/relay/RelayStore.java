package io.wgsd.relay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps what a relay must not forget: without it, members that it knew would not be asked where they are after a
 * restart, and a relay whose clock was set back could not begin handshakes.
 *
 * <p>What is kept is no secret, but shows where each member is. A store is called by one thread of the relay at a time,
 * which waits for it.
 */
public interface RelayStore {

    /**
     * Returns a store in memory, which ends with the process.
     *
     * @return a new store
     */
    static RelayStore inMemory() {
        return new MemoryStore();
    }

    /**
     * Returns a store that is a file, replaced as a whole so that a crash leaves the old content or the new.
     *
     * @param file where it is; its folder is made when it is written
     * @return the store
     */
    static RelayStore inFile(Path file) {
        return new FileStore(file);
    }

    /**
     * Returns what was saved last.
     *
     * @return what is kept, which only a relay understands; empty where nothing was saved yet
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
