package io.wgsd.server.zone;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneSigner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Signs zones, or leaves them as they are, and remembers when each must be signed again.
 *
 * <p>Not thread-safe.
 */
public final class ZoneSigning {

    private final Optional<ZoneSigner> signer;
    private final Map<Zone, Period> periods = new WeakHashMap<>();

    /** While all signatures of a zone are good, so that nothing has to be done. */
    private record Period(Instant from, Instant until) {

        boolean has(Instant now) {
            return from.isBefore(now) && now.isBefore(until);
        }
    }

    public ZoneSigning(Optional<ZoneSigner> signer) {
        this.signer = signer;
    }

    Zone sign(Zone zone, List<Zone> earlier, Instant now) {
        return signer.map(by -> {
                    Zone signed = by.sign(zone, earlier, now);
                    by.due(signed)
                            .ifPresent(until -> periods.put(
                                    signed, new Period(by.validFrom(signed).orElseThrow(), until)));
                    return signed;
                })
                .orElse(zone);
    }

    boolean isDue(@Nullable Zone zone, Instant now) {
        Period good = zone == null ? null : periods.get(zone);
        return good != null && !good.has(now);
    }
}
