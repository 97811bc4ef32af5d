package io.wgsd.server.zone;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.dnssd.Serials;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.internal.Rate;
import io.wgsd.internal.TokenBucket;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.server.nat.NatFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Record;

/**
 * Makes a new zone of a device's readings when there is something new: at once, and with another serial twice a second
 * at most, because each serial costs the secondaries a transfer.
 *
 * <p>Not thread-safe.
 */
public final class ZoneKeeper {

    /** Each serial costs secondaries a transfer, so there are two a second at most on average. */
    private static final Rate SERIALS = new Rate(2, 2);
    /** Without a change of the device handshakes grow older, and peers that alternated come to rest. */
    private static final long REVIEW_NANOS = Duration.ofSeconds(1).toNanos();

    private ZoneOptions options;
    private Advertiser advertiser;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final TokenBucket serials = new TokenBucket(SERIALS);
    private final long startedAt;
    private final OptionalLong previousSerial;
    private ZoneSigning signatures;
    private Supplier<Map<RelayAdvertisement, Set<PublicKey>>> relays;
    private boolean reconfigured;

    private final FlapDamping flapDamping;
    private final HandshakeAges ages = new HandshakeAges();

    /** What the device says, what is to be served of it, and when it was last looked into. */
    private List<Advertisement> seen = List.of();

    private List<Advertisement> wanted = List.of();

    private HeardPeers heard = HeardPeers.NONE;
    private final NatFacts nat;
    private Optional<MemberRecords> members;
    /** The records about members as they are now, and as they were when the zone was made. */
    private List<Record> told = List.of();

    private List<Record> toldBefore = List.of();
    private final NamesInUse names;
    private NameRecords nameRecords;
    /** The records at peers' names as they are now, and as they were when the zone was made. */
    private List<NamedPeer> named = List.of();

    private List<NamedPeer> namedBefore = List.of();
    private Map<PublicKey, NatMapping> mappings = Map.of();

    private long reviewedAt;

    private @Nullable Journal journal;
    /** Whether the zone has changed since it got its serial. */
    private boolean ahead;

    private List<Advertisement> served = List.of();
    private List<IpAddress> nameServers = List.of();
    private List<RelayAdvertisement> announced = List.of();

    public ZoneKeeper(
            ZoneSettings settings,
            OptionalLong previousSerial,
            InstantSource clock,
            LongSupplier nanoClock,
            Consumer<String> notice) {
        options = settings.options();
        advertiser = settings.advertiser();
        signatures = settings.signatures();
        relays = settings.relays();
        nat = new NatFacts(settings.nat());
        members = members(settings);
        names = new NamesInUse(settings, notice);
        nameRecords = new NameRecords(options);
        this.previousSerial = previousSerial;
        this.clock = clock;
        this.nanoClock = nanoClock;
        startedAt = nanoClock.getAsLong();
        flapDamping = new FlapDamping(notice);
    }

    /** Goes on with other settings, from the next reading on; what is known of the peers stays. */
    public void reconfigure(ZoneSettings settings) {
        options = settings.options();
        advertiser = settings.advertiser();
        signatures = settings.signatures();
        relays = settings.relays();
        nat.reconfigure(settings.nat());
        members = members(settings);
        names.reconfigure(settings);
        nameRecords = new NameRecords(options);
        reconfigured = true;
    }

    /** Takes over what a network's owner calls its members, from the next reading on. */
    public void nameMembers(PeerNames ofMembers) {
        names.nameMembers(ofMembers);
    }

    /** Returns what peers are called. */
    public PeerNames names() {
        return names.all();
    }

    /** Makes the next zone from the start, because the one before was never served. */
    public void remake() {
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
    public Optional<ZoneVersion> update(Device device, boolean changed, List<IpAddress> nameServerAddresses) {
        long nanos = nanoClock.getAsLong();
        boolean another = journal == null || changed || reconfigured;
        HeardPeers before = heard;
        heard = before.next(relays.get());
        mappings = nat.look(device, heard.endpoints(options), nanos);
        if (another || heard != before || names.takeChanged() || nanos - reviewedAt >= REVIEW_NANOS) {
            reviewedAt = nanos;
            ages.look(device, clock.instant(), nanos);
            if (another || advertiser.maxAge().isPresent()) {
                advertise(device);
            }
            wanted = wanted(nanos);
            tell(device);
        }
        return bring(nameServerAddresses);
    }

    /**
     * Takes over what changed besides the device, which cannot be read: the ages of handshakes are unknown.
     *
     * @param device the latest reading
     * @param nameServerAddresses where the registry listens
     * @return the zone, if it is another one from now on
     */
    public Optional<ZoneVersion> update(Device device, List<IpAddress> nameServerAddresses) {
        if (reconfigured) {
            heard = heard.next(relays.get());
            advertise(device);
            wanted = wanted(nanoClock.getAsLong());
            tell(device);
        }
        return bring(nameServerAddresses);
    }

    private static Optional<MemberRecords> members(ZoneSettings settings) {
        return settings.members()
                .map(rules -> new MemberRecords(settings.options().names().origin(), rules));
    }

    private void tell(Device device) {
        told = members.map(records -> records.of(device, wanted)).orElse(List.of());
        named = nameRecords.of(
                device, names.all(), wanted, heard.announcedIn(options).relays());
    }

    private void advertise(Device device) {
        seen = advertiser.advertise(device, seen, clock.instant(), ages::age);
    }

    private List<Advertisement> wanted(long nanos) {
        return heard.marked(flapDamping.apply(heard.withoutRelayed(options, seen), nanos), mappings);
    }

    /** The very same lists come back where nothing has changed, so that none is compared. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isToldAsBefore() {
        return told == toldBefore && named == namedBefore;
    }

    private Optional<ZoneVersion> bring(List<IpAddress> nameServerAddresses) {
        Instant now = clock.instant();
        Zone before = zone();
        List<RelayAdvertisement> toAnnounce = heard.announcedIn(options).relays();
        boolean same = before != null
                && !reconfigured
                && wanted.equals(served)
                && nameServerAddresses.equals(nameServers)
                && toAnnounce.equals(announced)
                && isToldAsBefore()
                && !signatures.isDue(before, now);
        if (same && !ahead) {
            return Optional.empty();
        }
        boolean number = before == null || reconfigured || serials.take(nanoClock.getAsLong() - startedAt);
        if (same && !number) {
            return Optional.empty();
        }
        Zone next = before != null && same && !before.isSigned()
                ? before.withSerial(nextSerial())
                : made(nameServerAddresses, number, now);
        ahead = !number;
        reconfigured = false;
        served = wanted;
        nameServers = List.copyOf(nameServerAddresses);
        announced = toAnnounce;
        toldBefore = told;
        namedBefore = named;
        Journal known = journal;
        Journal made = known == null ? Journal.of(next) : number ? known.next(next) : known.ahead(next);
        journal = made;
        return Optional.of(new ZoneVersion(made, allOptions(nameServers), served, named, number));
    }

    private Zone made(List<IpAddress> nameServerAddresses, boolean number, Instant now) {
        Zone before = zone();
        List<Record> more = new ArrayList<>(told);
        named.forEach(peer -> more.addAll(peer.records()));
        long serial = before == null || number ? nextSerial() : before.serial();
        return signatures.sign(
                Zone.of(allOptions(nameServerAddresses).withMoreRecords(more), wanted, serial),
                before == null ? List.of() : List.of(before),
                now);
    }

    /** Returns whether the zone must be signed again, whether or not anything can be read. */
    public boolean isSignatureDue() {
        return signatures.isDue(zone(), clock.instant());
    }

    private @Nullable Zone zone() {
        return journal == null ? null : journal.zone();
    }

    private ZoneOptions allOptions(List<IpAddress> addresses) {
        ZoneOptions all = heard.announcedIn(options);
        return all.nameServerAddresses().isEmpty() ? all.withNameServerAddresses(addresses) : all;
    }

    private long nextSerial() {
        Instant now = clock.instant();
        Zone before = zone();
        if (before != null) {
            return Serials.next(before.serial(), now);
        }
        return previousSerial.isPresent()
                ? Serials.next(previousSerial.getAsLong(), now)
                : now.getEpochSecond() & Zone.MAX_SERIAL;
    }
}
