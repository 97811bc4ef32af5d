package io.wgsd.backend.uapi.codec;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.util.Optional;

/** Writes changes in the protocol's form, in the order in which the kernel carries them out. */
public final class ChangeEncoder {

    private ChangeEncoder() {}

    /** Writes what concerns the device itself. */
    public static void settings(RequestWriter out, DeviceChange change) throws IOException {
        if (change.firewallMark().isPresent()) {
            out.line(UapiKey.FWMARK, Long.toString(change.firewallMark().getAsLong()));
        }
        if (change.listenPort().isPresent()) {
            out.line(UapiKey.LISTEN_PORT, Integer.toString(change.listenPort().getAsInt()));
        }
        if (change.isReplacePeers()) {
            out.flag(UapiKey.REPLACE_PEERS);
        }
        if (change.privateKey().isPresent()) {
            out.line(UapiKey.PRIVATE_KEY, change.privateKey().get());
        } else if (change.isClearPrivateKey()) {
            out.noKey(UapiKey.PRIVATE_KEY);
        }
    }

    /** Writes a change that the other side can carry out as it is. */
    public static void peer(RequestWriter out, PeerChange change) throws IOException {
        begin(out, change);
        if (change.isRemove()) {
            out.flag(UapiKey.REMOVE);
            return;
        }
        keyAndEndpoint(out, change);
        if (change.isReplaceAllowedIps()) {
            out.flag(UapiKey.REPLACE_ALLOWED_IPS);
        }
        for (IpPrefix prefix : change.addedAllowedIps()) {
            out.line(UapiKey.ALLOWED_IP, prefix.toString());
        }
        for (IpPrefix prefix : change.removedAllowedIps()) {
            out.line(UapiKey.ALLOWED_IP, "-" + prefix);
        }
        keepalive(out, change);
    }

    /** Writes a change with the allowed IPs that it leads to, where single ones cannot be removed. */
    public static void peerWithAllowedIps(RequestWriter out, PeerChange change, PeerConfiguration before)
            throws IOException {
        begin(out, change);
        keyAndEndpoint(out, change);
        allowedIps(out, before.after(change));
        keepalive(out, change);
    }

    /** Writes that a peer is removed, whether or not it exists. */
    public static void removal(RequestWriter out, PublicKey peer) throws IOException {
        out.line(UapiKey.PUBLIC_KEY, peer.toHex()).flag(UapiKey.REMOVE);
    }

    /** Writes a peer that does not exist, with all that it has. */
    public static void newPeer(RequestWriter out, PeerConfiguration peer) throws IOException {
        out.line(UapiKey.PUBLIC_KEY, peer.publicKey().toHex());
        if (peer.presharedKey() != null) {
            out.line(UapiKey.PRESHARED_KEY, peer.presharedKey());
        }
        if (peer.endpoint() != null) {
            out.line(UapiKey.ENDPOINT, peer.endpoint().toString());
        }
        allowedIps(out, peer);
        if (peer.persistentKeepalive() != null) {
            out.line(
                    UapiKey.PERSISTENT_KEEPALIVE_INTERVAL,
                    Long.toString(peer.persistentKeepalive().toSeconds()));
        }
    }

    /** Writes the removal of a peer and its addition with all that it had; a change of it is made on the way. */
    public static void restart(RequestWriter out, PeerChange change, Optional<PeerConfiguration> before)
            throws IOException {
        if (before.isPresent()) {
            removal(out, change.publicKey());
            newPeer(out, before.get().after(change));
        }
    }

    private static void begin(RequestWriter out, PeerChange change) throws IOException {
        out.line(UapiKey.PUBLIC_KEY, change.publicKey().toHex());
        if (change.isUpdateOnly()) {
            // First of all, for wireguard-go takes the peer back that it added at public_key.
            out.flag(UapiKey.UPDATE_ONLY);
        }
    }

    private static void keyAndEndpoint(RequestWriter out, PeerChange change) throws IOException {
        if (change.presharedKey().isPresent()) {
            out.line(UapiKey.PRESHARED_KEY, change.presharedKey().get());
        } else if (change.isClearPresharedKey()) {
            out.noKey(UapiKey.PRESHARED_KEY);
        }
        if (change.endpoint().isPresent()) {
            out.line(UapiKey.ENDPOINT, change.endpoint().get().toString());
        }
    }

    private static void allowedIps(RequestWriter out, PeerConfiguration peer) throws IOException {
        out.flag(UapiKey.REPLACE_ALLOWED_IPS);
        for (IpPrefix prefix : peer.allowedIps()) {
            out.line(UapiKey.ALLOWED_IP, prefix.toString());
        }
    }

    private static void keepalive(RequestWriter out, PeerChange change) throws IOException {
        if (change.persistentKeepalive().isPresent()) {
            out.line(
                    UapiKey.PERSISTENT_KEEPALIVE_INTERVAL,
                    Long.toString(change.persistentKeepalive().get().toSeconds()));
        }
    }
}
