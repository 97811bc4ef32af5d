package io.wgsd.backend.uapi.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of WireGuard's cross-platform userspace protocol (https://www.wireguard.com/xplatform/), all in one place.
 */
public enum UapiKey {
    // A device's own, before any peer.
    PRIVATE_KEY,
    /** Sent by boringtun, which never sends the private key (src/device/api.rs, api_get). */
    OWN_PUBLIC_KEY,
    LISTEN_PORT,
    FWMARK,
    REPLACE_PEERS,
    /** Begins a peer; what follows is that peer's until the next one. */
    PUBLIC_KEY,
    UPDATE_ONLY,
    REMOVE,
    PRESHARED_KEY,
    ENDPOINT,
    PERSISTENT_KEEPALIVE_INTERVAL,
    REPLACE_ALLOWED_IPS,
    ALLOWED_IP,
    // Only read, never set.
    LAST_HANDSHAKE_TIME_SEC,
    LAST_HANDSHAKE_TIME_NSEC,
    RX_BYTES,
    TX_BYTES,
    PROTOCOL_VERSION,
    /** Ends every answer. */
    ERRNO;

    /** The keys by the lengths of their names, which tell most of them apart. */
    private static final List<List<UapiKey>> BY_LENGTH = byLength();

    // Never handed out of this package.
    @SuppressWarnings("ImmutableEnumChecker")
    private final byte[] ascii = name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);

    /** Returns the key that is spelled by these bytes; null for one that this protocol may have got later. */
    public static @Nullable UapiKey of(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length >= BY_LENGTH.size()) {
            return null;
        }
        for (UapiKey key : BY_LENGTH.get(length)) {
            if (Arrays.equals(key.ascii, 0, length, bytes, from, to)) {
                return key;
            }
        }
        return null;
    }

    /** Returns the key's bytes, which must not be changed. */
    public byte[] ascii() {
        return ascii;
    }

    /** Returns the key as the protocol spells it. */
    @Override
    public String toString() {
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    private static List<List<UapiKey>> byLength() {
        int longest =
                Stream.of(values()).mapToInt(key -> key.ascii.length).max().orElseThrow();
        return IntStream.rangeClosed(0, longest)
                .mapToObj(length -> Stream.of(values())
                        .filter(key -> key.ascii.length == length)
                        .toList())
                .toList();
    }
}
