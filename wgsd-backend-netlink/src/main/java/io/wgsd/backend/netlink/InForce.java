package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.codec.PeerPart;
import io.wgsd.backend.netlink.codec.Snapshot;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import java.util.Optional;

/** Finds out from a reading which steps have been carried out. */
final class InForce {

    private InForce() {}

    /** Returns whether a step shows in what was read after it; that a restart took place cannot be seen. */
    static boolean isInForce(PeerChange step, Snapshot after) {
        Optional<Peer> peer = after.device().peer(step.publicKey());
        if (peer.isEmpty()) {
            return step.isRemove() || step.isUpdateOnly();
        }
        return !step.isRemove() && !step.isRestart() && wouldChangeNothing(step, peer.get(), after);
    }

    private static boolean wouldChangeNothing(PeerChange step, Peer peer, Snapshot after) {
        PeerChange nothing =
                DeviceChange.builder().peer(step.publicKey()).build().peers().get(0);
        var presharedKey = after.secrets().presharedKey(step.publicKey());
        return PeerPart.anew(peer, presharedKey, step).equals(PeerPart.anew(peer, presharedKey, nothing));
    }
}
