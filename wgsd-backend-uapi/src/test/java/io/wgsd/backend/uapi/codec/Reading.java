package io.wgsd.backend.uapi.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wgsd.model.Device;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.io.EOFException;
import java.lang.management.ManagementFactory;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What bytes in pieces are read as, in memory that is bounded by their number: a device and its secrets, or what is
 * wrong.
 *
 * @param device the device; null where something is wrong
 * @param secrets its private key, and each peer's preshared key
 * @param errno the answer's error number
 * @param error what is wrong
 */
record Reading(@Nullable Device device, List<Optional<SecretKey>> secrets, int errno, Optional<String> error) {

    /** So late that no handshake is from before 2001, where an age can be told from a time no more. */
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");

    private static final Wanted EVERYTHING = new Wanted(true, true, null, null, null);
    private static final OwnKeys OWN_KEYS = new OwnKeys();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST_BYTES = 1024 * 1024;
    private static final long MOST_BYTES_FOR_A_BYTE = 1000;

    /**
     * Reads them as {@link io.wgsd.backend.uapi.UapiClient} does; another exception than the two that it expects fails
     * the test.
     */
    static Reading of(List<ByteBuffer> pieces) {
        long most = MOST_BYTES
                + MOST_BYTES_FOR_A_BYTE
                        * pieces.stream().mapToLong(ByteBuffer::remaining).sum();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Reading reading = read(pieces, EVERYTHING);
        if (THREADS.getCurrentThreadAllocatedBytes() - before > most) {
            // Classes may have been loaded meanwhile, which happens once.
            before = THREADS.getCurrentThreadAllocatedBytes();
            read(pieces, EVERYTHING);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated")
                    .isLessThanOrEqualTo(most);
        }
        return reading;
    }

    /** Reads them as a change does that makes all peers of a device anew: their preshared keys, and no private key. */
    static Reading ofPresharedKeys(List<ByteBuffer> pieces, Device device) {
        Set<PublicKey> owners = device.peers().stream().map(Peer::publicKey).collect(Collectors.toUnmodifiableSet());
        return read(pieces, Wanted.presharedKeysOf(owners, true));
    }

    /** Returns the same without the private key. */
    Reading withoutPrivateKey() {
        List<Optional<SecretKey>> others = new ArrayList<>(secrets);
        others.set(0, Optional.empty());
        return new Reading(device, others, errno, error);
    }

    private static Reading read(List<ByteBuffer> pieces, Wanted wanted) {
        try (DeviceDecoder decoder = new DeviceDecoder("wg0", OWN_KEYS, NOW, wanted);
                AnswerReader answer = new AnswerReader(decoder)) {
            for (ByteBuffer piece : pieces) {
                if (!answer.isComplete()) {
                    // A copy, since the keys in it become zeros.
                    ByteBuffer copy = ByteBuffer.allocate(piece.remaining());
                    answer.feed(copy.put(piece.duplicate()).flip());
                }
            }
            if (!answer.isComplete()) {
                answer.end();
            }
            return of(decoder.snapshot(), answer.errno());
        } catch (ProtocolException | EOFException e) {
            return new Reading(null, List.of(), 0, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private static Reading of(Snapshot snapshot, int errno) {
        Device device = snapshot.device();
        List<Optional<SecretKey>> secrets = new ArrayList<>();
        secrets.add(snapshot.secrets().privateKey());
        device.peers().forEach(peer -> secrets.add(snapshot.secrets().presharedKey(peer.publicKey())));
        return new Reading(device, secrets, errno, Optional.empty());
    }
}
