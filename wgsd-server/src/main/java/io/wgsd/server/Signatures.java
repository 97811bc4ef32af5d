package io.wgsd.server;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneSigner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Signs zones, or leaves them as they are, and remembers when each is to be signed anew.
 *
 * <p>Not thread-safe.
 */
final class Signatures {

    private final Optional<ZoneSigner> signer;
    private final Map<Zone, Instant> due = new WeakHashMap<>();

    Signatures(Optional<ZoneSigner> signer) {
        this.signer = signer;
    }

    Zone sign(Zone zone, List<Zone> earlier, Instant now) {
        return signer.map(by -> {
                    Zone signed = by.sign(zone, earlier, now);
                    by.due(signed).ifPresent(when -> due.put(signed, when));
                    return signed;
                })
                .orElse(zone);
    }

    boolean isDue(@Nullable Zone zone, Instant now) {
        Instant when = zone == null ? null : due.get(zone);
        return when != null && !when.isAfter(now);
    }
}
