package io.wgsd.backend.netlink.codec;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one attribute of a peer has the kernel do (drivers/net/wireguard/netlink.c, set_peer). Its secret is borrowed.
 *
 * @param publicKey the peer's key
 * @param flags WGPEER_F_ flags
 * @param presharedKey null where it stays or is cleared
 * @param clearPresharedKey whether the peer is to have none
 * @param endpoint null where it stays
 * @param added allowed IPs to add
 * @param removed allowed IPs to remove singly, which only Linux 6.16 and later can
 * @param keepalive null where it stays
 */
public record PeerPart(
        PublicKey publicKey,
        int flags,
        @Nullable SecretKey presharedKey,
        boolean clearPresharedKey,
        @Nullable Endpoint endpoint,
        List<IpPrefix> added,
        List<IpPrefix> removed,
        @Nullable Duration keepalive) {

    /** What all but the allowed IPs takes at the most: nest, key, flags, preshared key, endpoint, keepalive, nest. */
    static final int HEAD_LENGTH = 4 + 36 + 8 + 36 + 4 + WireGuard.SOCKADDR_IN6 + 8 + 4;

    /** Returns the removal of a peer, whether or not it exists. */
    public static PeerPart removal(PublicKey key) {
        return new PeerPart(key, WireGuard.PEER_F_REMOVE_ME, null, false, null, List.of(), List.of(), null);
    }

    /** Returns a new peer that has these allowed IPs and nothing else. */
    public static PeerPart addition(PublicKey key, List<IpPrefix> allowedIps) {
        return new PeerPart(key, 0, null, false, null, allowedIps, List.of(), null);
    }

    /** Returns a step of a change, with or without the removal of single allowed IPs. */
    public static PeerPart of(PeerChange step, boolean withRemoved) {
        int flags = (step.isRemove() ? WireGuard.PEER_F_REMOVE_ME : 0)
                | (step.isUpdateOnly() ? WireGuard.PEER_F_UPDATE_ONLY : 0)
                | (step.isReplaceAllowedIps() ? WireGuard.PEER_F_REPLACE_ALLOWEDIPS : 0);
        return new PeerPart(
                step.publicKey(),
                flags,
                step.presharedKey().orElse(null),
                step.isClearPresharedKey(),
                step.endpoint().orElse(null),
                step.addedAllowedIps(),
                withRemoved ? step.removedAllowedIps() : List.of(),
                step.persistentKeepalive().orElse(null));
    }

    /** Returns a peer to create again, with all that it had and as a step changes it. */
    public static PeerPart anew(Peer before, Optional<SecretKey> presharedKey, PeerChange step) {
        Collection<IpPrefix> allowedIps = step.allowedIpsAfter(before.allowedIps());
        return new PeerPart(
                before.publicKey(),
                WireGuard.PEER_F_REPLACE_ALLOWEDIPS,
                step.isClearPresharedKey()
                        ? null
                        : step.presharedKey().or(() -> presharedKey).orElse(null),
                false,
                step.endpoint().or(before::endpoint).orElse(null),
                List.copyOf(allowedIps),
                List.of(),
                step.persistentKeepalive()
                        .or(before::persistentKeepalive)
                        .filter(interval -> !interval.isZero())
                        .orElse(null));
    }

    /** Returns how many bytes it takes in a message where it is not split. */
    int length() {
        int length = HEAD_LENGTH;
        for (IpPrefix prefix : added) {
            length += AllowedIps.length(prefix, false);
        }
        for (IpPrefix prefix : removed) {
            length += AllowedIps.length(prefix, true);
        }
        return length;
    }

    /** Returns the peer's key and what is done to it, without any secret. */
    @Override
    public String toString() {
        return "PeerPart[" + publicKey + ", flags=" + flags + ", +" + added.size() + ", -" + removed.size() + "]";
    }
}
