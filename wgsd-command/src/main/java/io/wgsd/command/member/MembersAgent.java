package io.wgsd.command.member;

import io.wgsd.command.follow.ZoneFollower;
import io.wgsd.command.follow.ZoneServer;
import io.wgsd.command.log.Log;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneFile;
import io.wgsd.internal.file.StateFile;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.MembershipPolicy;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Record;

/**
 * Keeps a device's peers as the network's owner has signed them: takes the members' zone whole from the registries,
 * believes what is verified, valid and newer, and keeps the last good one for the next start.
 *
 * <p>It has a thread for the device, and two for each registry. Thread-safe.
 */
public final class MembersAgent implements AutoCloseable {

    /** How often a registry is asked for what has changed, unless it says so itself. */
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final MembersVerifier verifier;
    private final DnsSdNames names;
    private final MemberPeers peers;
    private final StateFile kept;
    private final Log log;
    private final Object monitor = new Object();
    // Below here all belongs to the monitor.
    private final List<ZoneFollower> followers = new ArrayList<>();
    private final List<FromRegistry> registries = new ArrayList<>();
    private @Nullable VerifiedNetwork latest;
    private long warned = -1;
    private @Nullable Thread first;
    private boolean closed;

    private MembersAgent(DnsSdNames names, List<Record> anchors, MemberPeers peers, StateFile kept, Log log) {
        this.names = names;
        this.peers = peers;
        this.kept = kept;
        this.log = log;
        verifier = new MembersVerifier(names, anchors);
    }

    /**
     * Starts with what was good last.
     *
     * @param names the names of the registry's zone
     * @param anchors the keys of the network's owner
     * @param servers the members' zone at each registry
     * @param source where the device is
     * @param device the device's name
     * @param policy what the owner may do to it
     * @param state the folder that knows what was made, and has the last good zone
     * @param restarts whether a registry's peer that never had a session may be restarted, to have one sooner
     * @param connected the peers to which there is a live session
     * @param log gets a line for what an operator should know
     */
    public static MembersAgent start(
            DnsSdNames names,
            List<Record> anchors,
            List<ZoneServer> servers,
            PeerSource source,
            String device,
            MembershipPolicy policy,
            Path state,
            boolean restarts,
            Supplier<Set<PublicKey>> connected,
            Log log) {
        MemberPeers peers = MemberPeers.start(new MemberPeers.Target(source, device, policy, state), connected, log);
        StateFile kept = new StateFile(state.resolve(device + ".members.zone"), SignedFile.MAX_SIZE);
        MembersAgent agent = new MembersAgent(names, anchors, peers, kept, log);
        agent.restore();
        if (agent.isNew()) {
            agent.begin(new FirstContact(source, device, servers, restarts), servers);
        } else {
            agent.follow(servers);
        }
        return agent;
    }

    /** Returns whether this host has never had a list. */
    private boolean isNew() {
        synchronized (monitor) {
            return latest == null;
        }
    }

    /** Asks the registries once one can be reached: a connection that began earlier would wait for longer. */
    private void begin(FirstContact contact, List<ZoneServer> servers) {
        Thread waiting = new Thread(
                () -> {
                    try {
                        contact.await();
                        follow(servers);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "wgsd-first-contact");
        waiting.setDaemon(true);
        synchronized (monitor) {
            first = waiting;
        }
        waiting.start();
    }

    private void follow(List<ZoneServer> servers) {
        synchronized (monitor) {
            for (ZoneServer server : closed ? List.<ZoneServer>of() : servers) {
                FromRegistry registry = new FromRegistry(server);
                registries.add(registry);
                ZoneFollower follower =
                        ZoneFollower.start(server, record -> true, MembersVerifier.MAX_RECORDS, INTERVAL, registry);
                follower.subscribe();
                followers.add(follower);
            }
        }
    }

    /** Takes what was good last, whatever the clock says. */
    private void restore() {
        try {
            Optional<byte[]> content = kept.read();
            if (content.isPresent()) {
                List<Record> records = ZoneFile.parse(MembersZone.names(names).origin(), content.get());
                VerifiedNetwork network = verifier.verify(records);
                synchronized (monitor) {
                    latest = network;
                }
                peers.take(network);
            }
        } catch (IOException | UnfitZoneException | FormatException e) {
            log.warn("members: the list that was good last is not used: " + e.getMessage());
        }
    }

    private final class FromRegistry implements ZoneFollower.Listener {

        private final ZoneServer server;
        // Both belong to the monitor.
        private String unreached = "";
        private String refusal = "";

        FromRegistry(ZoneServer server) {
            this.server = server;
        }

        @Override
        public void changed(Set<Record> records) {
            try {
                VerifiedNetwork network = verifier.verify(records);
                network.requireValid(Instant.now());
                offer(network);
                refuse("");
            } catch (UnfitZoneException | IOException e) {
                refuse(server + ": " + e.getMessage());
            }
        }

        private void refuse(String problem) {
            boolean isNew;
            synchronized (monitor) {
                isNew = !problem.equals(refusal);
                refusal = problem;
            }
            if (isNew && !problem.isEmpty()) {
                log.warn(server.where(), "members: " + problem);
            }
        }

        @Override
        public void failed(String problem) {
            synchronized (monitor) {
                unreached = problem;
            }
            log.warn(server.where(), "members: " + problem);
            warn();
        }

        @Override
        public void reached() {
            synchronized (monitor) {
                unreached = "";
            }
            warn();
        }

        private Stream<String> problems() {
            return Stream.of(unreached, refusal).filter(problem -> !problem.isEmpty());
        }
    }

    private void offer(VerifiedNetwork network) throws UnfitZoneException, IOException {
        synchronized (monitor) {
            VerifiedNetwork before = latest;
            if (before != null) {
                network.requireFollows(before);
                if (network.isSameZoneAs(before)) {
                    return;
                }
            }
            // First of all, so that no start after this one goes back.
            kept.write(ZoneFile.text(network.records().stream()).getBytes(StandardCharsets.US_ASCII));
            latest = network;
            peers.take(network);
        }
    }

    /** Says once for each list that half of its time is over. */
    private void warn() {
        VerifiedNetwork due;
        synchronized (monitor) {
            due = latest;
            if (due == null || warned == due.serial() || !due.isHalfOver(Instant.now())) {
                return;
            }
            warned = due.serial();
        }
        log.warn("members: " + MembersView.dueText(due));
    }

    /** Returns the list as it is now. */
    public MembersView view() {
        synchronized (monitor) {
            return new MembersView(
                    MembersZone.names(names).origin().toString(true),
                    Optional.ofNullable(latest),
                    peers.refusals(),
                    Stream.concat(registries.stream().flatMap(FromRegistry::problems), peers.problem().stream())
                            .toList());
        }
    }

    /** Ends its threads; the device stays as it is. */
    @Override
    public void close() {
        List<ZoneFollower> started;
        synchronized (monitor) {
            closed = true;
            started = List.copyOf(followers);
            if (first != null) {
                first.interrupt();
            }
        }
        started.forEach(ZoneFollower::close);
        peers.close();
    }
}
