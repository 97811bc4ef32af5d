package io.wgsd.discovery;

import io.wgsd.discovery.agent.AgentStoreFile;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores what an agent has to know at its next start, however it ended.
 *
 * <p>Only the agent's thread calls it, and waits for it.
 */
public interface AgentStore {

    /**
     * What is kept; more may be added, so a store that keeps the parts one by one has to be looked at again then.
     * Immutable and thread-safe.
     */
    final class Kept {

        private static final Kept NOTHING = builder().build();

        private final Map<PublicKey, Endpoint> endpoints;
        private final Set<PublicKey> lentKeepalives;
        private final Set<PublicKey> addedRelays;
        private final Map<PublicKey, Duration> switchedKeepalives;

        private Kept(Builder builder) {
            endpoints = builder.endpoints;
            lentKeepalives = builder.lentKeepalives;
            addedRelays = builder.addedRelays;
            switchedKeepalives = builder.switchedKeepalives;
        }

        /**
         * Returns what a store holds before anything was saved.
         *
         * @return nothing
         */
        public static Kept nothing() {
            return NOTHING;
        }

        /**
         * Begins what is kept.
         *
         * @return a builder of nothing
         */
        public static Builder builder() {
            return new Builder();
        }

        /**
         * Returns where the peers were when they had a live session last.
         *
         * @return endpoints by key; unmodifiable
         */
        public Map<PublicKey, Endpoint> endpoints() {
            return endpoints;
        }

        /**
         * Returns the peers whose persistent keepalive the agent has switched on, and which had none.
         *
         * @return their keys; unmodifiable
         */
        public Set<PublicKey> lentKeepalives() {
            return lentKeepalives;
        }

        /**
         * Returns the peers without allowed IPs that the agent has added to the device: relays, and a decoy that opens
         * this host's NAT.
         *
         * @return their keys; unmodifiable
         */
        public Set<PublicKey> addedRelays() {
            return addedRelays;
        }

        /**
         * Returns the peers whose persistent keepalive the agent was switching off and on again, or on and off, to make
         * WireGuard send at once.
         *
         * @return the interval that each had before, by key; zero where it was off; unmodifiable
         */
        public Map<PublicKey, Duration> switchedKeepalives() {
            return switchedKeepalives;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Kept that
                    && endpoints.equals(that.endpoints)
                    && lentKeepalives.equals(that.lentKeepalives)
                    && addedRelays.equals(that.addedRelays)
                    && switchedKeepalives.equals(that.switchedKeepalives);
        }

        @Override
        public int hashCode() {
            return Objects.hash(endpoints, lentKeepalives, addedRelays, switchedKeepalives);
        }

        @Override
        public String toString() {
            return "Kept[endpoints=" + endpoints + ", lentKeepalives=" + lentKeepalives + ", addedRelays=" + addedRelays
                    + ", switchedKeepalives=" + switchedKeepalives + "]";
        }

        /** Collects what is kept; not thread-safe. */
        public static final class Builder {

            private Map<PublicKey, Endpoint> endpoints = Map.of();
            private Set<PublicKey> lentKeepalives = Set.of();
            private Set<PublicKey> addedRelays = Set.of();
            private Map<PublicKey, Duration> switchedKeepalives = Map.of();

            private Builder() {}

            /**
             * Sets where the peers were when they had a live session last.
             *
             * @param endpoints none by default; copied
             * @return this
             */
            public Builder endpoints(Map<PublicKey, Endpoint> endpoints) {
                this.endpoints = Map.copyOf(endpoints);
                return this;
            }

            /**
             * Sets the peers whose persistent keepalive is lent.
             *
             * @param lentKeepalives none by default; copied
             * @return this
             */
            public Builder lentKeepalives(Set<PublicKey> lentKeepalives) {
                this.lentKeepalives = Set.copyOf(lentKeepalives);
                return this;
            }

            /**
             * Sets the peers without allowed IPs that were added to the device.
             *
             * @param addedRelays none by default; copied
             * @return this
             */
            public Builder addedRelays(Set<PublicKey> addedRelays) {
                this.addedRelays = Set.copyOf(addedRelays);
                return this;
            }

            /**
             * Sets the peers whose persistent keepalive is being switched.
             *
             * @param switchedKeepalives the interval that each had before; none by default; copied
             * @return this
             */
            public Builder switchedKeepalives(Map<PublicKey, Duration> switchedKeepalives) {
                this.switchedKeepalives = Map.copyOf(switchedKeepalives);
                return this;
            }

            /**
             * Returns what is kept.
             *
             * @return the value
             */
            public Kept build() {
                return new Kept(this);
            }
        }
    }

    /**
     * Returns a store that forgets with the process: after it was killed, a persistent keepalive that was lent stays
     * on, one that was being switched stays as it is, and a relay that was added stays on the device.
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
