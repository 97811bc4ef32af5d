package io.wgsd.command.member;

import io.wgsd.command.follow.ZoneFollower;
import io.wgsd.command.follow.ZoneServer;
import io.wgsd.command.log.Log;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneDiff;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.MembershipPolicy;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
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
    private final KeptMembers kept;
    private final Log log;
    private final Object monitor = new Object();
    // Below here all belongs to the monitor.
    private final List<ZoneFollower> followers = new ArrayList<>();
    private final List<FromRegistry> registries = new ArrayList<>();
    private final NewestMembers newest = new NewestMembers();
    private long warned = -1;
    private @Nullable Thread first;
    private boolean closed;

    private MembersAgent(DnsSdNames names, List<Record> anchors, MemberPeers peers, KeptMembers kept, Log log) {
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
        KeptMembers kept = new KeptMembers(MembersZone.names(names).origin(), state.resolve(device + ".members.zone"));
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
            return newest.latest().isEmpty();
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
            Optional<VerifiedNetwork> network = kept.read(verifier);
            synchronized (monitor) {
                network.ifPresent(newest::take);
            }
            network.ifPresent(peers::take);
        } catch (IOException | UnfitZoneException | FormatException e) {
            log.warn("members: the list that was good last is not used: " + e.getMessage());
        }
    }

    private interface Verification {
        VerifiedNetwork verify() throws UnfitZoneException;
    }

    private final class FromRegistry implements ZoneFollower.Listener {

        private final ZoneServer server;
        /** What the registry's zone was verified as; belongs to the follower's thread. */
        private @Nullable VerifiedNetwork content;
        // Both belong to the monitor.
        private String unreached = "";
        private String refusal = "";

        FromRegistry(ZoneServer server) {
            this.server = server;
        }

        @Override
        public void changed(Set<Record> records) {
            take(null, () -> verifier.verify(records));
        }

        @Override
        public void changed(ZoneDiff change, Set<Record> records) {
            VerifiedNetwork before = content;
            if (before == null) {
                changed(records);
            } else {
                take(new KeptMembers.Step(before, change), () -> verifier.verify(before, change));
            }
        }

        private void take(KeptMembers.@Nullable Step step, Verification verification) {
            content = null;
            try {
                VerifiedNetwork network = verification.verify();
                content = network;
                offer(network, Optional.ofNullable(step));
                content = common(network);
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
        public boolean takesOlder() {
            return false;
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
            takeDue();
            warn();
        }

        private Stream<String> problems() {
            return Stream.of(unreached, refusal).filter(problem -> !problem.isEmpty());
        }
    }

    private void offer(VerifiedNetwork network, Optional<KeptMembers.Step> step)
            throws UnfitZoneException, IOException {
        synchronized (monitor) {
            if (newest.offer(network, Instant.now())) {
                take(network, step);
            }
        }
    }

    /** Returns the list in use where it is the same one, so that those of several registries take no more memory. */
    private VerifiedNetwork common(VerifiedNetwork network) {
        synchronized (monitor) {
            return newest.latest().filter(network::isSameZoneAs).orElse(network);
        }
    }

    /** Takes the list that was not valid yet when it came, once it is. */
    private void takeDue() {
        synchronized (monitor) {
            newest.due(Instant.now()).ifPresent(network -> {
                try {
                    take(network, Optional.empty());
                } catch (IOException e) {
                    log.warn("members: " + e.getMessage());
                }
            });
        }
    }

    private void take(VerifiedNetwork network, Optional<KeptMembers.Step> step) throws IOException {
        synchronized (monitor) {
            // First of all, so that no start after this one goes back.
            kept.write(network, step);
            newest.take(network);
            peers.take(network);
        }
    }

    /** Says once for each list that half of its time is over. */
    private void warn() {
        VerifiedNetwork due;
        synchronized (monitor) {
            due = newest.latest().orElse(null);
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
                    newest.latest(),
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
