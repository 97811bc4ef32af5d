package io.wgsd.publish;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/**
 * Brings a primary's zone up to date, one call at a time; used on the publisher's thread, except for {@link #close()}.
 */
final class Synchronizer {

    /** How many peers one message changes at most, until one was refused. */
    private static final int MANY = 50;

    private static final int ATTEMPTS = 3;
    /** The same serial proves much, but not all: somebody who restores an old file may set any serial. */
    private static final long FULL_READ_NANOS = Duration.ofMinutes(10).toNanos();

    private final PublisherConfig config;
    private final String registry;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final LeaseWatch leases;
    private volatile @Nullable Primary connection;
    private volatile boolean closed;
    private @Nullable Map<PublicKey, PublishedPeer> firstSeen;
    private @Nullable KnownZone known;
    private long readAt;
    private boolean renewed;
    private long renewedAt;
    private Set<PublicKey> passedOver = Set.of();

    Synchronizer(PublisherConfig config, LongSupplier nanoClock) {
        this.config = config;
        registry = config.registry.toBase32();
        clock = config.clock;
        this.nanoClock = nanoClock;
        leases = new LeaseWatch(config.lease, nanoClock);
    }

    DnsSdNames names() {
        return config.names;
    }

    /**
     * Brings the peers of the primary's zone in line with a zone.
     *
     * @param zone what it says
     * @param foreign gets the peers that are passed over, when these change
     * @return how many peers were written or taken away
     * @throws PublishException if it does not; what it has then is not known any more
     */
    int synchronize(Zone zone, Consumer<Set<PublicKey>> foreign) throws PublishException {
        Map<PublicKey, PublishedPeer> wanted = PublishedPeer.of(names(), records(zone));
        if (firstSeen == null) {
            firstSeen = wanted;
        }
        try (Primary primary = connect()) {
            KnownZone current = renewLease(primary, addBrowsing(primary, zone, current(primary)));
            leases.look(current.leases());
            return bring(primary, current, wanted, foreign);
        } catch (PublishException | RuntimeException e) {
            known = null;
            throw e;
        } finally {
            connection = null;
        }
    }

    /** Makes a call that is waiting for the primary fail, and all later ones. */
    void close() {
        closed = true;
        Primary open = connection;
        if (open != null) {
            open.close();
        }
    }

    private Primary connect() throws PublishException {
        Primary primary = new Primary(config.primary, names().origin(), config.key, config.timeout);
        connection = primary;
        if (closed) {
            throw new PublishException("the publisher is closed");
        }
        primary.connect();
        return primary;
    }

    private KnownZone current(Primary primary) throws PublishException {
        KnownZone before = known;
        boolean isSure = nanoClock.getAsLong() - readAt < FULL_READ_NANOS;
        return before != null && isSure && primary.serial() == before.serial() ? before : read(primary);
    }

    private KnownZone read(Primary primary) throws PublishException {
        KnownZone.Reader reader = new KnownZone.Reader(names());
        primary.transfer(reader::accept);
        KnownZone read = reader.zone();
        known = read;
        readAt = nanoClock.getAsLong();
        return read;
    }

    /** Writes what differs; where somebody else was faster, looks again, and then goes peer by peer. */
    private int bring(
            Primary primary, KnownZone start, Map<PublicKey, PublishedPeer> wanted, Consumer<Set<PublicKey>> foreign)
            throws PublishException {
        KnownZone current = start;
        int written = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            UpdatePlan plan = UpdatePlan.of(current.peers(), wanted, context(current));
            if (!plan.foreign().equals(passedOver)) {
                passedOver = plan.foreign();
                foreign.accept(passedOver);
            }
            List<PeerUpdate> refused = new ArrayList<>();
            List<PeerUpdate> taken = new ArrayList<>();
            for (List<PeerUpdate> batch : batches(plan.updates(), attempt == 0 ? MANY : 1)) {
                (send(primary, batch) ? taken : refused).addAll(batch);
            }
            written += taken.size();
            known = current.withPeers(UpdatePlan.applied(current.peers(), taken));
            if (refused.isEmpty()) {
                cleanUpLeases(primary, Objects.requireNonNull(known));
                return written;
            }
            current = read(primary);
        }
        throw new PublishException("the zone " + names()
                + " is changed repeatedly by others while it is written; it is tried again from the start");
    }

    private boolean send(Primary primary, List<PeerUpdate> batch) throws PublishException {
        UpdateMessage message = new UpdateMessage(names().origin(), primary.newId());
        batch.forEach(update -> update.addTo(message, names()));
        return primary.update(message.message());
    }

    private List<List<PeerUpdate>> batches(List<PeerUpdate> updates, int most) {
        List<List<PeerUpdate>> batches = new ArrayList<>();
        List<PeerUpdate> batch = new ArrayList<>();
        UpdateMessage measure = new UpdateMessage(names().origin(), 0);
        for (PeerUpdate update : updates) {
            batch.add(update);
            update.addTo(measure, names());
            if (batch.size() >= most || measure.isLong()) {
                batches.add(batch);
                batch = new ArrayList<>();
                measure = new UpdateMessage(names().origin(), 0);
            }
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private UpdatePlan.Context context(KnownZone current) {
        Instant now = clock.instant();
        return new UpdatePlan.Context(
                registry,
                now,
                current.leases(),
                other -> leases.isGone(other, current.leases(), now),
                Objects.requireNonNull(firstSeen));
    }

    private KnownZone renewLease(Primary primary, KnownZone current) throws PublishException {
        Instant now = clock.instant();
        Instant renewal = now.plus(config.lease.multipliedBy(2).dividedBy(3));
        // Once in a third of its time at least, regardless of the wall clock: set back, it would find a lease that
        // seems to last.
        boolean isRecent = renewed
                && nanoClock.getAsLong() - renewedAt < config.lease.dividedBy(3).toNanos();
        if (isRecent
                && current.leases().until(registry).filter(renewal::isBefore).isPresent()) {
            return current;
        }
        TXTRecord lease = Leases.of(names(), registry, now.plus(config.lease));
        UpdateMessage message = new UpdateMessage(names().origin(), primary.newId());
        TXTRecord old = current.leases().records().get(registry);
        if (old != null) {
            message.delete(old);
        }
        message.add(lease);
        primary.update(message.message());
        renewed = true;
        renewedAt = nanoClock.getAsLong();
        KnownZone withLease = current.withLeases(current.leases().with(registry, lease));
        known = withLease;
        return withLease;
    }

    /** Takes away the leases of those who are gone and have no peers left. */
    private void cleanUpLeases(Primary primary, KnownZone current) throws PublishException {
        Instant now = clock.instant();
        for (Map.Entry<String, TXTRecord> lease : current.leases().records().entrySet()) {
            String other = lease.getKey();
            boolean hasPeers = current.peers().values().stream()
                    .anyMatch(peer -> peer.writtenBy().filter(other::equals).isPresent());
            if (!other.equals(registry) && !hasPeers && leases.isGone(other, current.leases(), now)) {
                UpdateMessage message = new UpdateMessage(names().origin(), primary.newId());
                message.requirePresent(List.of(lease.getValue()));
                message.delete(lease.getValue());
                if (primary.update(message.message())) {
                    known = Objects.requireNonNull(known)
                            .withLeases(Objects.requireNonNull(known).leases().without(other));
                }
            }
        }
    }

    /** Adds what browsers begin with (RFC 6763, sections 9 and 11), and never takes it away: others may need it too. */
    private KnownZone addBrowsing(Primary primary, Zone zone, KnownZone current) throws PublishException {
        List<Record> missing = records(zone)
                .filter(record -> KnownZone.isForBrowsing(names(), record))
                .filter(record -> !current.browsing().contains(record))
                .toList();
        if (missing.isEmpty()) {
            return current;
        }
        UpdateMessage message = new UpdateMessage(names().origin(), primary.newId());
        missing.forEach(message::add);
        primary.update(message.message());
        KnownZone added = current.withBrowsing(
                Stream.concat(current.browsing().stream(), missing.stream()).toList());
        known = added;
        return added;
    }

    private static Stream<Record> records(Zone zone) {
        return zone.nodes().stream().flatMap(node -> node.rrsets().stream()).flatMap(List::stream);
    }
}
