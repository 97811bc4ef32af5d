package io.wgsd.server;

import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.PublicKey;
import java.util.Map;
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
}
