package io.wgsd.backend.uapi.codec;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that can be set of a peer, to add it again.
 *
 * @param publicKey the peer's key
 * @param presharedKey borrowed; null for none
 * @param endpoint null for none
 * @param allowedIps each once
 * @param persistentKeepalive null for off
 */
public record PeerConfiguration(
        PublicKey publicKey,
        @Nullable SecretKey presharedKey,
        @Nullable Endpoint endpoint,
        Set<IpPrefix> allowedIps,
        @Nullable Duration persistentKeepalive) {

    public static PeerConfiguration empty(PublicKey key) {
        return new PeerConfiguration(key, null, null, Set.of(), null);
    }

    public static PeerConfiguration of(Peer peer, @Nullable SecretKey presharedKey) {
        return new PeerConfiguration(
                peer.publicKey(),
                presharedKey,
                peer.endpoint().orElse(null),
                new LinkedHashSet<>(peer.allowedIps()),
                peer.persistentKeepalive().orElse(null));
    }

    /** Returns what this is after a change. */
    public PeerConfiguration after(PeerChange change) {
        Duration keepalive = change.persistentKeepalive().orElse(persistentKeepalive);
        return new PeerConfiguration(
                publicKey,
                change.isClearPresharedKey() ? null : change.presharedKey().orElse(presharedKey),
                change.endpoint().orElse(endpoint),
                change.allowedIpsAfter(allowedIps),
                keepalive == null || keepalive.isZero() ? null : keepalive);
    }
}
