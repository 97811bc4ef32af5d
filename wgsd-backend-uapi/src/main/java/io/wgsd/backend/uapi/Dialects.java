package io.wgsd.backend.uapi;

import io.wgsd.backend.uapi.codec.Snapshot;
import io.wgsd.backend.uapi.codec.UapiKey;
import io.wgsd.backend.uapi.codec.Wanted;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.Operation;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which dialect the program behind a socket speaks, once for each socket: a program that restarts makes a new
 * one. Thread-safe.
 *
 * <p>The protocol has no word for this, so it is tried out: a transaction that concerns only a peer that cannot exist,
 * under {@code update_only}, changes nothing, and is refused by a program that does not know its words. A program that
 * knows {@code update_only} but sends its own public key is derived from boringtun and loses what a change does not
 * name.
 */
final class Dialects {

    private static final String NETWORK_FOR_DOCUMENTATION = "-192.0.2.0/24";

    private final UapiClient client;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    Dialects(UapiClient client) {
        this.client = client;
    }

    Dialect of(Path socket, Operation operation) throws WireGuardException {
        SocketFile file = SocketFile.of(socket);
        Known before = known.get(socket);
        if (before != null && file != null && before.file.equals(file)) {
            return before.dialect;
        }
        Dialect dialect = find(socket, operation);
        if (file != null) {
            known.put(socket, new Known(file, dialect));
        }
        return dialect;
    }

    private Dialect find(Path socket, Operation operation) throws WireGuardException {
        try (Snapshot device = client.get(socket, operation, Wanted.DEVICE)) {
            if (device.tellsOwnPublicKey()) {
                return Dialect.RECREATES;
            }
        }
        if (isUnderstood(socket, operation, true)) {
            return Dialect.EDITS_PREFIXES;
        }
        return isUnderstood(socket, operation, false) ? Dialect.EDITS : Dialect.RECREATES;
    }

    private boolean isUnderstood(Path socket, Operation operation, boolean prefixRemoval) throws WireGuardException {
        byte[] random = new byte[PublicKey.LENGTH];
        new SecureRandom().nextBytes(random);
        String nobody = PublicKey.of(random).toHex();
        return client.trySet(socket, operation, false, out -> {
                    out.line(UapiKey.PUBLIC_KEY, nobody)
                            .flag(UapiKey.UPDATE_ONLY)
                            .flag(UapiKey.REMOVE);
                    // Twice, because a restart does that.
                    out.line(UapiKey.PUBLIC_KEY, nobody).flag(UapiKey.UPDATE_ONLY);
                    if (prefixRemoval) {
                        out.line(UapiKey.ALLOWED_IP, NETWORK_FOR_DOCUMENTATION);
                    }
                    out.flag(UapiKey.REMOVE);
                })
                == 0;
    }

    private record Known(SocketFile file, Dialect dialect) {}

    /** Which file is at a path. */
    private record SocketFile(@Nullable Object key, FileTime modified) {

        static @Nullable SocketFile of(Path socket) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(socket, BasicFileAttributes.class);
                return new SocketFile(attributes.fileKey(), attributes.lastModifiedTime());
            } catch (IOException e) {
                // The connection will say what is wrong.
                return null;
            }
        }
    }
}
