package io.wgsd.server;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.Serials;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Device;
import io.wgsd.model.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new zone of a device's readings when there is something new to say, and not too often.
 *
 * <p>Not thread-safe.
 */
final class ZoneKeeper {

    private static final int CHANGES_PER_SECOND = 2;
    /** Without a change of the device handshakes grow older, and peers that alternated come to rest. */
    private static final long REVIEW_NANOS = Duration.ofSeconds(1).toNanos();

    private ZoneOptions options;
    private Advertiser advertiser;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final ChangeBudget budget;
    private final OptionalLong previousSerial;
    private Signatures signatures;
    private boolean reconfigured;

    private final HoldDown holdDown;

    /** What the device says, what is to be served of it, and when it was last looked into. */
    private List<Advertisement> seen = List.of();

    private List<Advertisement> wanted = List.of();

    private long reviewedAt;

    private @Nullable Zone zone;
    private List<Advertisement> served = List.of();
    private List<IpAddress> nameServers = List.of();

    ZoneKeeper(
            Settings settings,
            OptionalLong previousSerial,
            InstantSource clock,
            LongSupplier nanoClock,
            Consumer<String> notice) {
        options = settings.zone();
        advertiser = settings.advertiser();
        signatures = settings.signatures();
        this.previousSerial = previousSerial;
        this.clock = clock;
        this.nanoClock = nanoClock;
        budget = new ChangeBudget(CHANGES_PER_SECOND, nanoClock);
        holdDown = new HoldDown(notice);
    }

    /** Goes on with other settings, from the next reading on; what is known of the peers stays. */
    void reconfigure(Settings settings) {
        options = settings.zone();
        advertiser = settings.advertiser();
        signatures = settings.signatures();
        reconfigured = true;
    }

    /**
     * Takes a reading.
     *
     * @param device the device as it is now
     * @param changed whether it differs from the reading before
     * @param nameServerAddresses where the registry listens, for a zone whose options do not say
     * @return the zone, if it is another one from now on
     */
    Optional<Zone> update(Device device, boolean changed, List<IpAddress> nameServerAddresses) {
        long nanos = nanoClock.getAsLong();
        boolean another = zone == null || changed || reconfigured;
        if (another || nanos - reviewedAt >= REVIEW_NANOS) {
            reviewedAt = nanos;
            if (another || advertiser.maxAge().isPresent()) {
                seen = advertiser.advertise(device, seen, clock.instant());
            }
            wanted = holdDown.apply(seen, nanos);
        }
        boolean same = wanted.equals(served)
                && nameServerAddresses.equals(nameServers)
                && !signatures.isDue(zone, clock.instant());
        if (zone != null && !reconfigured && (same || !budget.tryTake())) {
            return Optional.empty();
        }
        zone = signatures.sign(
                Zone.of(withNameServers(nameServerAddresses), wanted, nextSerial()),
                Optional.ofNullable(zone).stream().toList(),
                clock.instant());
        reconfigured = false;
        served = wanted;
        nameServers = List.copyOf(nameServerAddresses);
        return Optional.ofNullable(zone);
    }

    /** Returns which peers the zone has. */
    List<Advertisement> served() {
        return served;
    }

    /** Returns what the zone has besides peers. */
    ZoneOptions options() {
        return withNameServers(nameServers);
    }

    private ZoneOptions withNameServers(List<IpAddress> addresses) {
        return options.nameServerAddresses().isEmpty() ? options.withNameServerAddresses(addresses) : options;
    }

    private long nextSerial() {
        Instant now = clock.instant();
        if (zone != null) {
            return Serials.next(zone.serial(), now);
        }
        return previousSerial.isPresent()
                ? Serials.next(previousSerial.getAsLong(), now)
                : now.getEpochSecond() & Zone.MAX_SERIAL;
    }
}
