package io.wgsd.command.relay;

import io.wgsd.command.follow.ZoneFollower;
import io.wgsd.command.log.Log;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.micrometer.families.RelayReading;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.relay.Relay;
import io.wgsd.relay.RelayBuilder;
import io.wgsd.relay.RelayMembers;
import io.wgsd.relay.RelaySighting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Record;

/**
 * A relay elsewhere than at the registry: its members are the peers of the registry's zone, which it follows as a
 * secondary does, and it serves in DNS which of them it hears. Thread-safe.
 */
public final class RelayService implements AutoCloseable {

    /** How soon a new peer may use the relay where no NOTIFY comes. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** Of each member there may be a service and a record for relays. */
    private static final int MAX_RECORDS = 2 * RelayMembers.MAX;

    private final Relay relay;
    private final RelayZone zone;
    private final ZoneFollower follower;
    private final RelayTls tls;

    private RelayService(Relay relay, RelayTls tls, RelayZone zone, ZoneFollower follower) {
        this.relay = relay;
        this.tls = tls;
        this.zone = zone;
        this.follower = follower;
    }

    /**
     * Starts a relay with the members that it had last.
     *
     * @param settings where, and whose members
     * @param log gets one line for each thing that an operator should know
     * @throws IOException if an address cannot be bound, or a file cannot be read; in one line
     */
    public static RelayService start(RelayServiceSettings settings, Log log) throws IOException {
        return start(settings, log, INTERVAL);
    }

    static RelayService start(RelayServiceSettings settings, Log log, Duration interval) throws IOException {
        ZoneMembers records = new ZoneMembers(settings.relay().names());
        MemberFile file = new MemberFile(settings.relay().membersFile());
        LearnedMembers last = file.read(log::warn);
        HeardMembers heard;
        Relay relay;
        try (SecretKey key = settings.relay().key()) {
            RelayAdvertisement advertisement =
                    new RelayAdvertisement(key.publicKey(), settings.relay().endpoints());
            heard = new HeardMembers(advertisement, log);
            RelayBuilder builder = Relay.builder(key, last.toRelayMembers())
                    .store(settings.relay().store())
                    .listener(heard);
            for (Endpoint endpoint : settings.relay().endpoints()) {
                builder.listen(endpoint.toSocketAddress());
            }
            relay = builder.start();
        }
        Learner learner =
                new Learner(relay, last, file, records, settings.server().toString(), log);
        RelayTls tls;
        try {
            tls = RelayTls.start(relay, settings.relay(), Optional.empty(), log);
        } catch (IOException | RuntimeException e) {
            relay.close();
            throw e;
        }
        try {
            RelayZone zone = RelayZone.start(relay, heard, settings, log);
            ZoneFollower follower =
                    ZoneFollower.start(settings.server(), records::tells, MAX_RECORDS, interval, learner);
            zone.onNotify(follower::tell);
            return new RelayService(relay, tls, zone, follower);
        } catch (IOException | RuntimeException e) {
            tls.close();
            relay.close();
            throw e;
        }
    }

    /** Returns the key by which members know the relay. */
    public PublicKey publicKey() {
        return relay.publicKey();
    }

    /** Returns how the relay is now. */
    public RelayReading reading() {
        return RelayReading.of(relay);
    }

    /** Returns from where it hears each attached member. */
    public List<RelaySighting> sightings() {
        return relay.sightings();
    }

    /** Returns for whom the relay works at this moment. */
    RelayMembers members() {
        return relay.members();
    }

    @Override
    public void close() {
        follower.close();
        zone.close();
        tls.close();
        relay.close();
    }

    /** Makes the zone's peers the relay's members, and keeps them. */
    private static final class Learner implements ZoneFollower.Listener {

        private final Relay relay;
        private final MemberFile file;
        private final ZoneMembers zone;
        private final String from;
        private final Log log;
        private LearnedMembers last;
        private boolean behind = true;
        private boolean reached;

        Learner(Relay relay, LearnedMembers last, MemberFile file, ZoneMembers zone, String from, Log log) {
            this.relay = relay;
            this.last = last;
            this.file = file;
            this.zone = zone;
            this.from = from;
            this.log = log;
        }

        @Override
        public void changed(Set<Record> records) {
            LearnedMembers next = zone.of(records);
            if (next.equals(last)) {
                return;
            }
            if (next.members().size() > RelayMembers.MAX) {
                log.warn("the relay has at most " + RelayMembers.MAX + " members, but there are "
                        + next.members().size() + " in the " + from + "; the members stay as they were");
                return;
            }
            last = next;
            relay.replaceMembers(next.toRelayMembers());
            try {
                file.write(next);
            } catch (IOException e) {
                log.warn("the relay's members cannot be kept: " + e.getMessage());
            }
        }

        @Override
        public void reached() {
            if (behind) {
                behind = false;
                String line = "members: " + relay.members().keys().size() + ", by the " + from;
                if (reached) {
                    log.info(from, line);
                } else {
                    reached = true;
                    log.info(line);
                }
            }
        }

        @Override
        public void failed(String problem) {
            behind = true;
            log.warn(
                    from,
                    problem + "; the relay goes on with the members that it learned last ("
                            + relay.members().keys().size() + "), and tries again");
        }
    }
}
