package io.wgsd.discovery;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Keeps what an agent must not forget when it ends, however it ends.
 *
 * <p>It is called by the agent's thread only, which waits for it.
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
         * @param lentKeepalives whose persistent keepalive is lent
         */
        public Kept {
            endpoints = Map.copyOf(endpoints);
            lentKeepalives = Set.copyOf(lentKeepalives);
        }

        /**
         * Returns what is kept before there is anything.
         *
         * @return nothing
         */
        public static Kept nothing() {
            return new Kept(Map.of(), Set.of());
        }
    }

    /**
     * Returns a store that forgets with the process: after it was killed, a persistent keepalive that was lent stays on.
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
     * Returns what was saved last.
     *
     * @return what is kept; nothing where nothing was saved yet
     * @throws IOException if it cannot be read, or makes no sense
     */
    Kept load() throws IOException;

    /**
     * Keeps something, in the place of what was kept before; once this returns, a crash does not lose it.
     *
     * @param value what to keep
     * @throws IOException if it could not be kept; what was kept before still is
     */
    void save(Kept value) throws IOException;
}
