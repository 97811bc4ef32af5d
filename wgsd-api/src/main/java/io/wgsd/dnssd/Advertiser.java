package io.wgsd.dnssd;

import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.model.UnusableAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides which peers of a device are advertised, and since when.
 *
 * <p>A peer is advertised while it has an endpoint to which other hosts could send, as {@link UnusableAddress} has it.
 * Immutable, thread-safe, and a pure function of what is handed in.
 */
public final class Advertiser {

    private static final Advertiser EVERYONE = new Advertiser(null, null);

    private final @Nullable Duration maxAge;
    private final @Nullable SelfOptions self;

    private Advertiser(@Nullable Duration maxAge, @Nullable SelfOptions self) {
        this.maxAge = maxAge;
        this.self = self;
    }

    /**
     * Returns an advertiser of all peers that have an endpoint, however old their handshake, and not of the device
     * itself, as the original has it.
     *
     * @return the default
     */
    public static Advertiser ofAllPeers() {
        return EVERYONE;
    }

    /**
     * Returns this advertiser without those peers whose latest handshake is older, or that never had one.
     *
     * @param age more than zero
     * @return a new advertiser
     * @throws IllegalArgumentException if the age is not more than zero
     */
    public Advertiser withMaxAge(Duration age) {
        Objects.requireNonNull(age, "age");
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("age must be more than zero, was " + age);
        }
        return new Advertiser(age, self);
    }

    /**
     * Returns how old the latest handshake of an advertised peer may be.
     *
     * @return the age; empty where it does not count, so that nothing but a change of the device or of this advertiser
     *     changes what is advertised
     */
    public Optional<Duration> maxAge() {
        return Optional.ofNullable(maxAge);
    }

    /**
     * Returns this advertiser with the device itself, ahead of its peers.
     *
     * @param options how it is advertised
     * @return a new advertiser
     */
    public Advertiser withSelf(SelfOptions options) {
        return new Advertiser(maxAge, Objects.requireNonNull(options, "options"));
    }

    /**
     * Returns what is advertised of a device that is read once: the age of handshakes is measured by the wall clock.
     *
     * @param device the device
     * @param previous what was advertised before, in the order in which it was returned, from which {@code since} is
     *     carried on while an endpoint stays
     * @param now the wall clock's time
     * @return the device itself first where it is advertised, then its peers in ascending order of their keys
     */
    public List<Advertisement> advertise(Device device, List<Advertisement> previous, Instant now) {
        return advertise(
                device,
                previous,
                now,
                peer -> peer.statistics().latestHandshake().map(handshake -> Duration.between(handshake, now)));
    }

    /**
     * Returns what is advertised of a device that is read repeatedly, by a caller that knows better than the
     * wall clock, which may be set, how old handshakes are.
     *
     * @param device the device
     * @param previous what was advertised before, in the order in which it was returned, from which {@code since} is
     *     carried on while an endpoint stays
     * @param now the wall clock's time, for {@code since}
     * @param ages how long ago a peer's latest handshake was; empty where it never had one. Asked only where there is a
     *     maximum age
     * @return the device itself first where it is advertised, then its peers in ascending order of their keys
     */
    public List<Advertisement> advertise(
            Device device, List<Advertisement> previous, Instant now, Function<Peer, Optional<Duration>> ages) {
        Earlier earlier = new Earlier(previous);
        List<Advertisement> advertised = new ArrayList<>();
        Optional.ofNullable(self)
                .flatMap(options -> options.advertise(device, now))
                .ifPresent(own -> advertised.add(carryOn(earlier.anywhere(own.publicKey()), own)));
        for (Peer peer : device.peers()) {
            Endpoint endpoint = peer.endpoint().orElse(null);
            if (endpoint != null && isOfUse(endpoint) && isFresh(peer, ages)) {
                advertised.add(advertisement(earlier.next(peer.publicKey()), peer, endpoint, now));
            }
        }
        return List.copyOf(advertised);
    }

    /** What was advertised before, gone through once beside the peers, which are in the same order. */
    private static final class Earlier {

        private final List<Advertisement> all;
        private int at;

        Earlier(List<Advertisement> all) {
            this.all = all;
        }

        @Nullable
        Advertisement anywhere(PublicKey key) {
            return all.stream()
                    .filter(each -> each.publicKey().equals(key))
                    .findFirst()
                    .orElse(null);
        }

        @Nullable
        Advertisement next(PublicKey key) {
            // The device itself is ahead of its peers, in no order with them.
            while (at < all.size()
                    && (isAheadOfItsTurn() || all.get(at).publicKey().compareTo(key) < 0)) {
                at++;
            }
            return at < all.size() && all.get(at).publicKey().equals(key) ? all.get(at) : null;
        }

        private boolean isAheadOfItsTurn() {
            return at == 0
                    && all.size() > 1
                    && all.get(0).publicKey().compareTo(all.get(1).publicKey()) > 0;
        }
    }

    private static boolean isOfUse(Endpoint endpoint) {
        return UnusableAddress.reason(endpoint.address()).isEmpty();
    }

    private boolean isFresh(Peer peer, Function<Peer, Optional<Duration>> ages) {
        return maxAge == null
                || ages.apply(peer).filter(age -> age.compareTo(maxAge) <= 0).isPresent();
    }

    private static Advertisement advertisement(
            @Nullable Advertisement before, Peer peer, Endpoint endpoint, Instant since) {
        if (before != null
                && before.endpoints().size() == 1
                && before.endpoints().get(0).equals(endpoint)
                && before.allowedIps().equals(peer.allowedIps())) {
            return before;
        }
        return carryOn(before, fresh(peer, endpoint, since));
    }

    private static Advertisement fresh(Peer peer, Endpoint endpoint, Instant since) {
        return Advertisement.builder(peer.publicKey())
                .endpoint(endpoint)
                .allowedIps(peer.allowedIps())
                .since(since)
                .build();
    }

    private static Advertisement carryOn(@Nullable Advertisement before, Advertisement now) {
        if (before == null || !before.endpoints().equals(now.endpoints())) {
            return now;
        }
        if (before.allowedIps().equals(now.allowedIps())) {
            return before;
        }
        Advertisement.Builder carried = Advertisement.builder(now.publicKey()).allowedIps(now.allowedIps());
        now.endpoints().forEach(carried::endpoint);
        before.since().ifPresent(carried::since);
        return carried.build();
    }
}
