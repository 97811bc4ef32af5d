package io.wgsd.backend.uapi;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.util.Optional;

/** Writes changes in the protocol's words, in the order in which the kernel carries them out. */
final class ChangeEncoder {

    private ChangeEncoder() {}

    /** Writes what concerns the device itself. */
    static void settings(RequestWriter out, DeviceChange change) throws IOException {
        if (change.firewallMark().isPresent()) {
            out.line(Key.FWMARK, Long.toString(change.firewallMark().getAsLong()));
        }
        if (change.listenPort().isPresent()) {
            out.line(Key.LISTEN_PORT, Integer.toString(change.listenPort().getAsInt()));
        }
        if (change.isReplacePeers()) {
            out.flag(Key.REPLACE_PEERS);
        }
        if (change.privateKey().isPresent()) {
            out.line(Key.PRIVATE_KEY, change.privateKey().get());
        } else if (change.isClearPrivateKey()) {
            out.noKey(Key.PRIVATE_KEY);
        }
    }

    /** Writes a change that the other side can carry out as it is. */
    static void peer(RequestWriter out, PeerChange change) throws IOException {
        begin(out, change);
        if (change.isRemove()) {
            out.flag(Key.REMOVE);
            return;
        }
        keyAndEndpoint(out, change);
        if (change.isReplaceAllowedIps()) {
            out.flag(Key.REPLACE_ALLOWED_IPS);
        }
        for (IpPrefix prefix : change.addedAllowedIps()) {
            out.line(Key.ALLOWED_IP, prefix.toString());
        }
        for (IpPrefix prefix : change.removedAllowedIps()) {
            out.line(Key.ALLOWED_IP, "-" + prefix);
        }
        keepalive(out, change);
    }

    /** Writes a change with the allowed IPs that it leads to, where single ones cannot be removed. */
    static void peerWithAllowedIps(RequestWriter out, PeerChange change, PeerConfiguration before) throws IOException {
        begin(out, change);
        keyAndEndpoint(out, change);
        allowedIps(out, before.after(change));
        keepalive(out, change);
    }

    /** Writes that a peer is removed, whether or not it exists. */
    static void removal(RequestWriter out, PublicKey peer) throws IOException {
        out.line(Key.PUBLIC_KEY, peer.toHex()).flag(Key.REMOVE);
    }

    /** Writes a peer that does not exist, with all that it has. */
    static void newPeer(RequestWriter out, PeerConfiguration peer) throws IOException {
        out.line(Key.PUBLIC_KEY, peer.publicKey().toHex());
        if (peer.presharedKey() != null) {
            out.line(Key.PRESHARED_KEY, peer.presharedKey());
        }
        if (peer.endpoint() != null) {
            out.line(Key.ENDPOINT, peer.endpoint().toString());
        }
        allowedIps(out, peer);
        if (peer.persistentKeepalive() != null) {
            out.line(
                    Key.PERSISTENT_KEEPALIVE_INTERVAL,
                    Long.toString(peer.persistentKeepalive().toSeconds()));
        }
    }

    /** Writes the removal of a peer and its addition with all that it had; a change of it is made on the way. */
    static void restart(RequestWriter out, PeerChange change, Optional<PeerConfiguration> before) throws IOException {
        if (before.isPresent()) {
            removal(out, change.publicKey());
            newPeer(out, before.get().after(change));
        }
    }

    private static void begin(RequestWriter out, PeerChange change) throws IOException {
        out.line(Key.PUBLIC_KEY, change.publicKey().toHex());
        if (change.isUpdateOnly()) {
            // First of all, for wireguard-go takes the peer back that it added at public_key.
            out.flag(Key.UPDATE_ONLY);
        }
    }

    private static void keyAndEndpoint(RequestWriter out, PeerChange change) throws IOException {
        if (change.presharedKey().isPresent()) {
            out.line(Key.PRESHARED_KEY, change.presharedKey().get());
        } else if (change.isClearPresharedKey()) {
            out.noKey(Key.PRESHARED_KEY);
        }
        if (change.endpoint().isPresent()) {
            out.line(Key.ENDPOINT, change.endpoint().get().toString());
        }
    }

    private static void allowedIps(RequestWriter out, PeerConfiguration peer) throws IOException {
        out.flag(Key.REPLACE_ALLOWED_IPS);
        for (IpPrefix prefix : peer.allowedIps()) {
            out.line(Key.ALLOWED_IP, prefix.toString());
        }
    }

    private static void keepalive(RequestWriter out, PeerChange change) throws IOException {
        if (change.persistentKeepalive().isPresent()) {
            out.line(
                    Key.PERSISTENT_KEEPALIVE_INTERVAL,
                    Long.toString(change.persistentKeepalive().get().toSeconds()));
        }
    }
}
