package io.wgsd.command.relay;

import io.wgsd.command.follow.ZoneFollower;
import io.wgsd.command.follow.ZoneServer;
import io.wgsd.command.log.Log;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.relay.RelayMembers;
import io.wgsd.server.RelaySource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Record;

/**
 * A relay elsewhere, as a registry knows it: by the zone that the relay serves. Thread-safe.
 *
 * <p>A relay that has not responded for a while is still announced, for what it does not tell the registry it may do for
 * its members; but it counts as hearing nobody.
 */
final class RemoteRelay implements RelaySource, ZoneFollower.Listener {

    /** Its members may have left meanwhile. */
    static final Duration SILENCE_LIMIT = Duration.ofSeconds(15);

    /** Of each member a service and an address count, and a few records are the relay's own. */
    static final int MAX_RECORDS = 2 * RelayMembers.MAX + 64;

    private final DnsSdNames names;
    private final ZoneMembers members;
    private final String where;
    private final Predicate<IpAddress> usable;
    private final Log log;
    private final LongSupplier nanoClock;
    /** Used on the follower's thread alone. */
    private String complaint = "";
    // Below here all belongs to this object's monitor.
    private Map<RelayAdvertisement, Set<PublicKey>> heard = Map.of();
    private Map<RelayAdvertisement, Set<PublicKey>> silent = Map.of();
    private boolean failing;
    private long reachedAt;

    /**
     * Makes a relay of which nothing is known yet.
     *
     * @param usable the addresses at which relays are announced
     */
    RemoteRelay(DnsSdNames names, ZoneServer server, Predicate<IpAddress> usable, Log log, LongSupplier nanoClock) {
        this.names = names;
        members = new ZoneMembers(names);
        where = server.where();
        this.usable = usable;
        this.log = log;
        this.nanoClock = nanoClock;
    }

    /** Returns whether a record says what the relay is, or whom it hears. */
    boolean tells(Record record) {
        return members.tells(record)
                || names.relayKey(record.getName()).isPresent()
                || ((record instanceof ARecord || record instanceof AAAARecord)
                        && names.key(record.getName()).isPresent());
    }

    @Override
    public synchronized Map<RelayAdvertisement, Set<PublicKey>> heard() {
        boolean lost = failing && nanoClock.getAsLong() - reachedAt > SILENCE_LIMIT.toNanos();
        return lost ? silent : heard;
    }

    @Override
    public void changed(Set<Record> records) {
        List<RelayAdvertisement> relays = RelayAdvertisement.parse(names, records);
        Optional<RelayAdvertisement> one = relays.size() == 1 ? reachable(relays.get(0)) : Optional.empty();
        if (relays.size() != 1) {
            complain("what " + where + " serves is not the zone of one relay, but of " + relays.size()
                    + "; give --relay-at the --dns-listen of \"wgsd relay\"");
        } else if (one.isEmpty()) {
            complain("the relay at " + where + " says that it is at "
                    + relays.get(0).endpoints()
                    + ", to which no other host can send; give it an address that members reach");
        } else {
            complaint = "";
        }
        Set<PublicKey> keys = Set.copyOf(members.served(records));
        synchronized (this) {
            heard = one.map(relay -> Map.of(relay, keys)).orElse(Map.of());
            silent = one.map(relay -> Map.of(relay, Set.<PublicKey>of())).orElse(Map.of());
        }
    }

    /** Returns the relay without the endpoints to which no other host can send, as --relay refuses them. */
    private Optional<RelayAdvertisement> reachable(RelayAdvertisement relay) {
        List<Endpoint> good = relay.endpoints().stream()
                .filter(endpoint -> usable.test(endpoint.address()))
                .toList();
        return good.isEmpty() ? Optional.empty() : Optional.of(new RelayAdvertisement(relay.publicKey(), good));
    }

    private void complain(String line) {
        if (!line.equals(complaint)) {
            complaint = line;
            log.warn(line);
        }
    }

    @Override
    public void reached() {
        boolean again;
        synchronized (this) {
            again = failing;
            failing = false;
            reachedAt = nanoClock.getAsLong();
        }
        if (again) {
            log.info(where, "the relay at " + where + " responds again");
        }
    }

    @Override
    public void failed(String problem) {
        synchronized (this) {
            failing = true;
        }
        log.warn(where, "relay: " + problem);
    }
}
