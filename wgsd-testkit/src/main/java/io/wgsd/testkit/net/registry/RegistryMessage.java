package io.wgsd.testkit.net.registry;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What simulated registries and those who ask them send each other, as values instead of DNS messages. */
public sealed interface RegistryMessage {

    /** Asks about one peer. */
    record Query(int id, PublicKey key) implements RegistryMessage {}

    /** Answers a query. */
    record Response(int id, Optional<Advertisement> answer) implements RegistryMessage {}

    /** Asks for the list of relays. */
    record RelayQuery(int id) implements RegistryMessage {}

    /** Lists the relays. */
    record RelayList(int id, List<RelayAdvertisement> relays) implements RegistryMessage {}

    /** Subscribes to changes, and, for the first time, to how things are. */
    record Subscribe(Set<PublicKey> keys, boolean first) implements RegistryMessage {}

    /** Confirms a subscription. */
    record Subscribed() implements RegistryMessage {}

    /** Pushes a change. */
    record Push(int id, PublicKey key, Optional<Advertisement> change) implements RegistryMessage {}

    /** Acknowledges a push. */
    record Received(int id) implements RegistryMessage {}
}
