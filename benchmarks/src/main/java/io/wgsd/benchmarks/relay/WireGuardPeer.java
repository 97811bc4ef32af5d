package io.wgsd.benchmarks.relay;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.relay.noise.Ephemeral;
import io.wgsd.relay.noise.Identity;
import io.wgsd.relay.noise.ReceivedInitiation;
import io.wgsd.relay.noise.SentInitiation;
import io.wgsd.relay.noise.Timestamp;
import io.wgsd.relay.noise.TransportKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;

/** As much of a WireGuard peer as a relay's routes need: handshakes, and no encryption of data. */
final class WireGuardPeer {

    static final int RESPONSE = 92;
    static final int INITIATION = 148;
    static final int KEEPALIVE = 32;

    private final SecureRandom random = new SecureRandom();
    private final Identity identity;
    private Timestamp last = Timestamp.of(Instant.now());

    /** Makes the peer of a number; its key protects nothing. */
    WireGuardPeer(int number) {
        identity = Identity.of(key(number));
    }

    static SecretKey key(int number) {
        byte[] bytes = new byte[PublicKey.LENGTH];
        Arrays.fill(bytes, (byte) number);
        return SecretKey.copyOf(bytes);
    }

    PublicKey publicKey() {
        return identity.publicKey();
    }

    SentInitiation initiate(PublicKey to) {
        last = Timestamp.after(Instant.now(), last);
        return SentInitiation.create(identity, to, ephemeral(), random.nextInt(), last)
                .orElseThrow();
    }

    ReceivedInitiation.Answered respond(byte[] initiation) {
        ReceivedInitiation received =
                ReceivedInitiation.open(identity, initiation).orElseThrow();
        received.timestamp().orElseThrow();
        return received.respond(ephemeral(), random.nextInt()).orElseThrow();
    }

    /** Has a session with the relay, which answers the first keepalive. */
    void attach(UdpSocket socket, PublicKey relay) throws java.io.IOException {
        SentInitiation sent = initiate(relay);
        socket.send(sent.message());
        TransportKeys keys = sent.accept(socket.await(RESPONSE)).orElseThrow();
        socket.send(keys.keepalive());
        socket.await(KEEPALIVE);
    }

    private Ephemeral ephemeral() {
        byte[] bytes = new byte[PublicKey.LENGTH];
        random.nextBytes(bytes);
        return Ephemeral.of(bytes);
    }
}
