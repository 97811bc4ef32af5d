package io.wgsd.server;

import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Says which relays there are and which peers each of them hears, so that a registry can announce it.
 *
 * <p>A registry asks on the thread that reads the device, once for each reading, and answers follow at once.
 */
@FunctionalInterface
public interface RelaySource {

    /**
     * Returns what is known at this moment. It must neither block nor throw, and should return the same map until
     * something changes: another one is compared with it.
     *
     * @return the keys of the peers that each relay hears; neither the map nor its sets may change afterwards. Of more
     *     than 64 relays those with the least keys count, and keys that are no peers' are passed over
     */
    Map<RelayAdvertisement, Set<PublicKey>> heard();

    /**
     * Returns from where the relays have heard peers last, by which the registry judges how the peers' NATs map. It
     * must neither block nor throw. A registry asks once a second, on the thread that reads the device.
     *
     * @return the latest sighting of each peer by each socket of a relay, in any order; none by default, so that no NAT
     *     is judged
     */
    default Collection<Sighting> sightings() {
        return List.of();
    }

    /**
     * That a relay heard a peer, by a packet that proves the peer's identity.
     *
     * @param peer the peer
     * @param observer where the relay was listening; an unspecified address where it is not known at which of the
     *     host's addresses the packet came
     * @param source from where the packet came
     * @param nanos when it came, by the monotonic clock that {@link RegistryBuilder#clock} has
     */
    record Sighting(PublicKey peer, Endpoint observer, Endpoint source, long nanos) {

        /**
         * Makes a sighting.
         *
         * @param peer the peer
         * @param observer where the relay was listening
         * @param source from where the packet came
         * @param nanos when it came
         */
        public Sighting {
            Objects.requireNonNull(peer, "peer");
            Objects.requireNonNull(observer, "observer");
            Objects.requireNonNull(source, "source");
        }
    }
}
