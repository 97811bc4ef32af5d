package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.codec.ChangeWriter;
import io.wgsd.backend.netlink.codec.PeerPart;
import io.wgsd.backend.netlink.codec.Snapshot;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.Operation;
import io.wgsd.spi.UnsupportedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes a peer and adds it again in one message, which is one transaction to the kernel. */
final class Restarts {

    private Restarts() {}

    /** Returns what restarts a peer; nothing where it does not exist. */
    static List<PeerPart> parts(PeerChange step, Snapshot before) {
        PublicKey key = step.publicKey();
        return before.device()
                .peer(key)
                .map(peer -> List.of(
                        PeerPart.removal(key),
                        PeerPart.anew(peer, before.secrets().presharedKey(key), step)))
                .orElse(List.of());
    }

    /** Fails where a peer that is restarted has, or may get on the way, more allowed IPs than a message holds. */
    static void check(Operation operation, DeviceChange change, ChangeRun.Readings readings, ChangeWriter out)
            throws IOException {
        Set<PublicKey> restarted = change.peers().stream()
                .filter(PeerChange::isRestart)
                .map(PeerChange::publicKey)
                .collect(Collectors.toUnmodifiableSet());
        for (PublicKey key : restarted) {
            List<IpPrefix> most = new ArrayList<>(
                    readings.read().device().peer(key).map(Peer::allowedIps).orElse(List.of()));
            change.peers().stream()
                    .filter(step -> step.publicKey().equals(key))
                    .forEach(step -> most.addAll(step.addedAllowedIps()));
            if (!out.fitsOne(List.of(PeerPart.removal(key), PeerPart.addition(key, most)))) {
                throw new UnsupportedException(
                        operation.origin(),
                        "restart of peer " + key + ", whose " + most.size()
                                + " allowed IPs do not fit one transaction,",
                        "remove the peer and add it again");
            }
        }
    }
}
