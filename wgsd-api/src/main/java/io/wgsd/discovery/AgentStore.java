package io.wgsd.discovery;

import io.wgsd.discovery.agent.AgentStoreFile;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Stores what an agent has to know at its next start, however it ended.
 *
 * <p>Only the agent's thread calls it, and waits for it.
 */
public interface AgentStore {

    /**
     * What is kept. Immutable and thread-safe.
     *
     * @param endpoints where the peers were when they had a live session last
     * @param lentKeepalives the peers whose persistent keepalive the agent has switched on, and which had none
     */
    record Kept(Map<PublicKey, Endpoint> endpoints, Set<PublicKey> lentKeepalives) {

        /**
         * Copies both collections.
         *
         * @param endpoints where the peers were
         * @param lentKeepalives the peers whose persistent keepalive is lent
         */
        public Kept {
            endpoints = Map.copyOf(endpoints);
            lentKeepalives = Set.copyOf(lentKeepalives);
        }

        /**
         * Returns what a store holds before anything was saved.
         *
         * @return nothing
         */
        public static Kept nothing() {
            return new Kept(Map.of(), Set.of());
        }
    }

    /**
     * Returns a store that forgets with the process: after it was killed, a persistent keepalive that was lent stays
     * on.
     *
     * @return a new store
     */
    static AgentStore inMemory() {
        return new AgentStore() {
            private Kept kept = Kept.nothing();

            @Override
            public Kept load() {
                return kept;
            }

            @Override
            public void save(Kept value) {
                kept = value;
            }
        };
    }

    /**
     * Returns a store in a file of text, which holds no secret.
     *
     * <p>The file is replaced as a whole and reaches the disk before {@code save} returns. It is never written or read
     * through a link. A file that makes no sense, or that another user may have changed, is renamed when it is read:
     * {@code load} throws an exception that says so, and the store begins empty.
     *
     * @param file the file, one for each agent; its folder is made with the first write, and only this user can read it
     * @return a new store
     */
    static AgentStore inFile(Path file) {
        return new AgentStoreFile(file);
    }

    /**
     * Returns what was last saved.
     *
     * @return what is kept; nothing where nothing was saved yet
     * @throws IOException if it cannot be read, or makes no sense
     */
    Kept load() throws IOException;

    /**
     * Saves a value in place of the previous one; once this returns, a crash does not lose it.
     *
     * @param value what to keep
     * @throws IOException if it could not be saved; the previous value is still there
     */
    void save(Kept value) throws IOException;
}
