package io.wgsd.command.member;

import io.wgsd.command.follow.ZoneFollower;
import io.wgsd.command.follow.ZoneServer;
import io.wgsd.discovery.DeviceMembers;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneFile;
import io.wgsd.internal.file.StateFile;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.MembershipPlan;
import io.wgsd.members.MembershipRefusal;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.FormatException;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Record;

/**
 * Keeps a device's peers as the network's owner has signed them: takes the members' zone whole from the registries,
 * believes what is verified, valid and newer, and keeps the last good one for the next start.
 *
 * <p>It has a thread of its own, and two for each registry. Thread-safe.
 */
public final class MembersAgent implements AutoCloseable {

    /** How often a registry is asked for what has changed, unless it says so itself. */
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final long STEP_MILLIS = 1_000;
    private static final TimeSource CLOCK = TimeSource.system();

    private final MembersVerifier verifier;
    private final DnsSdNames names;
    private final DeviceMembers device;
    private final StateFile kept;
    private final Supplier<Set<PublicKey>> connected;
    private final Consumer<String> say;
    private final List<ZoneFollower> followers = new ArrayList<>();
    private final Thread thread;
    private final Object monitor = new Object();
    // Below here all belongs to the monitor.
    private @Nullable VerifiedNetwork latest;
    private boolean told;
    private boolean closed;
    /** Used on the thread alone. */
    private @Nullable VerifiedNetwork taken;

    private Set<MembershipRefusal> refused = Set.of();
    private String failure = "";

    private MembersAgent(
            DnsSdNames names,
            List<Record> anchors,
            DeviceMembers device,
            StateFile kept,
            Supplier<Set<PublicKey>> connected,
            Consumer<String> say) {
        this.names = names;
        this.device = device;
        this.kept = kept;
        this.connected = connected;
        this.say = say;
        verifier = new MembersVerifier(names, anchors);
        thread = new Thread(this::run, "wgsd-members");
        thread.setDaemon(true);
    }

    /**
     * Starts with what was good last.
     *
     * @param names the names of the registry's zone
     * @param anchors the keys of the network's owner
     * @param servers the members' zone at each registry
     * @param device what is changed
     * @param kept where the last good zone is kept
     * @param connected the peers to which there is a live session
     * @param say gets a line for what an operator should know
     */
    public static MembersAgent start(
            DnsSdNames names,
            List<Record> anchors,
            List<ZoneServer> servers,
            DeviceMembers device,
            StateFile kept,
            Supplier<Set<PublicKey>> connected,
            Consumer<String> say) {
        MembersAgent agent = new MembersAgent(names, anchors, device, kept, connected, say);
        agent.restore();
        agent.thread.start();
        for (ZoneServer server : servers) {
            ZoneFollower follower = ZoneFollower.start(
                    server, record -> true, MembersVerifier.MAX_RECORDS, INTERVAL, agent.new FromRegistry(server));
            follower.subscribe();
            agent.followers.add(follower);
        }
        return agent;
    }

    /** Returns where the last good zone of a device's network is kept. */
    public static StateFile keptIn(Path folder, String device) {
        return new StateFile(folder.resolve(device + ".members.zone"), SignedFile.MAX_SIZE);
    }

    /** Takes what was good last, whatever the clock says. */
    private void restore() {
        try {
            Optional<byte[]> content = kept.read();
            if (content.isPresent()) {
                List<Record> records = ZoneFile.parse(MembersZone.names(names).origin(), content.get());
                synchronized (monitor) {
                    latest = verifier.verify(records);
                }
            }
        } catch (IOException | UnfitZoneException | FormatException e) {
            say.accept("members: the list that was good last is not used: " + e.getMessage());
        }
    }

    private final class FromRegistry implements ZoneFollower.Listener {

        private final ZoneServer server;
        private String said = "";

        FromRegistry(ZoneServer server) {
            this.server = server;
        }

        @Override
        public void changed(Set<Record> records) {
            try {
                VerifiedNetwork network = verifier.verify(records);
                network.requireValid(Instant.now());
                offer(network);
                said = "";
            } catch (UnfitZoneException | IOException e) {
                report(server + ": " + e.getMessage());
            }
        }

        @Override
        public void failed(String problem) {
            report(problem);
        }

        private void report(String problem) {
            if (!problem.equals(said)) {
                said = problem;
                say.accept("members: " + problem);
            }
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
            told = true;
            monitor.notifyAll();
        }
    }

    private void run() {
        try {
            while (true) {
                step();
                synchronized (monitor) {
                    if (!told && !closed) {
                        monitor.wait(STEP_MILLIS);
                    }
                    told = false;
                    if (closed) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() {
        VerifiedNetwork now;
        synchronized (monitor) {
            now = latest;
        }
        try {
            if (now != null && !Objects.equals(now, taken)) {
                device.take(now);
                taken = now;
                say.accept("members: serial " + now.serial() + ", "
                        + now.network().members().size() + " members, signed until " + now.validUntil());
            }
            device.step(CLOCK.now(), connected.get()).ifPresent(this::tell);
            failure = "";
        } catch (IOException | RuntimeException e) {
            String problem = String.valueOf(e.getMessage());
            if (!problem.equals(failure)) {
                failure = problem;
                say.accept("members: " + problem + "; it is attempted again");
            }
        }
    }

    private void tell(MembershipPlan plan) {
        for (PeerChange change : plan.change().peers()) {
            if (change.isRemove()) {
                say.accept("members: " + change.publicKey() + " is no member any more, and was removed");
            } else if (!change.isUpdateOnly()) {
                say.accept("members: " + name(change.publicKey()) + " was added");
            }
        }
        Set<MembershipRefusal> all = new HashSet<>(plan.refusals());
        plan.refusals().stream()
                .filter(refusal -> !refused.contains(refusal))
                .limit(16)
                .forEach(refusal -> say.accept("members: " + refusal));
        refused = all;
    }

    private String name(PublicKey key) {
        VerifiedNetwork now = taken;
        return now == null
                ? key.toString()
                : now.network().members().stream()
                        .filter(member -> member.publicKey().equals(key))
                        .map(member -> member.name() + " (" + key + ")")
                        .findFirst()
                        .orElse(key.toString());
    }

    /** Ends its threads; the device stays as it is. */
    @Override
    public void close() {
        followers.forEach(ZoneFollower::close);
        synchronized (monitor) {
            closed = true;
            monitor.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
