package io.wgsd.discovery.decide.relay;

import io.wgsd.discovery.RelayStatus.State;
import io.wgsd.model.PublicKey;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which relays a host attaches to: a pure function.
 *
 * <p>They are the first two, in the order of their keys, of those that work. So all members of a network attach to the
 * same two, and any two members have a relay in common; a choice by each member alone, at random or by the round trip,
 * would leave pairs without one. It still holds while one of the first three does not work for some members: each of
 * them has two of the three. With two rather than one a relay may fail without a pause; more would have every host
 * send keepalives to every relay.
 */
final class RelayOrder {

    static final int ATTACHED = 2;

    /** Those that do not work are tried besides, so that they are used again once they do; but not without a limit. */
    static final int TRIED = 6;

    private RelayOrder() {}

    /**
     * Returns the relays to attach to, and those that come before one of them and are tried again and again.
     *
     * @param attachments how this host and the relays stand, in the order of the relays' keys
     * @param kept the peers that are never written
     */
    static Set<PublicKey> chosen(Iterable<Attachment> attachments, Set<PublicKey> kept) {
        Set<PublicKey> chosen = new LinkedHashSet<>();
        int working = 0;
        for (Attachment each : attachments) {
            boolean possible =
                    each.peer() != null || !(each.relay().endpoints().isEmpty() || kept.contains(each.key()));
            if (possible && working < ATTACHED && chosen.size() < TRIED) {
                chosen.add(each.key());
                working += each.state() == State.DOWN ? 0 : 1;
            }
        }
        return chosen;
    }
}
