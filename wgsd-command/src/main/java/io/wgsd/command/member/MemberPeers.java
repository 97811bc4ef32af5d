package io.wgsd.command.member;

import io.wgsd.command.log.Log;
import io.wgsd.discovery.DeviceMembers;
import io.wgsd.members.MembershipPlan;
import io.wgsd.members.MembershipPolicy;
import io.wgsd.members.MembershipRefusal;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the peers of a device as the network has them that was taken over last, on a thread of its own. Of several that
 * have the same device and state, as an agent and a registry beside it, one does so. Thread-safe.
 */
final class MemberPeers implements AutoCloseable {

    private static final long STEP_MILLIS = 1_000;
    private static final TimeSource CLOCK = TimeSource.system();

    private final Target target;
    private final DeviceLock lock;
    private final Supplier<Set<PublicKey>> connected;
    private final Log log;
    private final Thread thread;
    private final Object monitor = new Object();
    // These belong to the monitor.
    private @Nullable VerifiedNetwork latest;
    private boolean told;
    private boolean closed;
    private List<MembershipRefusal> refused = List.of();
    private String failure = "";
    // Below here all belongs to the thread.
    private @Nullable DeviceMembers device;
    private @Nullable VerifiedNetwork taken;

    /**
     * What is kept.
     *
     * @param source where the device is read and written
     * @param device the device's name
     * @param policy what the network's owner may do to it
     * @param state the folder that knows what was made
     */
    record Target(PeerSource source, String device, MembershipPolicy policy, Path state) {

        private DeviceMembers open() throws IOException {
            return new DeviceMembers(
                    source, device, policy, DeviceMembers.Store.inFile(state.resolve(device + ".members")));
        }
    }

    private MemberPeers(Target target, Supplier<Set<PublicKey>> connected, Log log) {
        this.target = target;
        this.connected = connected;
        this.log = log;
        lock = new DeviceLock(target.state().resolve(target.device() + ".members.lock"));
        thread = new Thread(this::run, "wgsd-members");
        thread.setDaemon(true);
    }

    /**
     * Starts without a network.
     *
     * @param target what is kept
     * @param connected the members to which there is a live session
     * @param log gets a line for what an operator should know
     */
    static MemberPeers start(Target target, Supplier<Set<PublicKey>> connected, Log log) {
        MemberPeers peers = new MemberPeers(target, connected, log);
        peers.thread.start();
        return peers;
    }

    /** Takes over what was verified, and follows what was taken over before. */
    void take(VerifiedNetwork network) {
        synchronized (monitor) {
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
        if (now == null) {
            return;
        }
        String problem = "";
        try {
            DeviceMembers members = device;
            if (members == null) {
                lock.take();
                members = target.open();
                device = members;
            }
            if (!now.equals(taken)) {
                members.take(now);
                taken = now;
                log.info("members: serial " + now.serial() + ", "
                        + now.network().members().size() + " members, signed until " + now.validUntil());
            }
            members.step(CLOCK.now(), connected.get()).ifPresent(this::tell);
        } catch (IOException | RuntimeException e) {
            problem = String.valueOf(e.getMessage());
        }
        boolean isNew;
        synchronized (monitor) {
            isNew = !problem.equals(failure);
            failure = problem;
        }
        if (isNew && !problem.isEmpty()) {
            log.warn("members: " + problem + "; it is attempted again");
        }
    }

    /** Returns which members and prefixes the device does not get, and why. */
    List<String> refusals() {
        synchronized (monitor) {
            return refused.stream().map(MembershipRefusal::toString).toList();
        }
    }

    /** Returns why the device is not as the network has it; empty where it is. */
    Optional<String> problem() {
        synchronized (monitor) {
            return failure.isEmpty() ? Optional.empty() : Optional.of(failure);
        }
    }

    private void tell(MembershipPlan plan) {
        for (PeerChange change : plan.change().peers()) {
            if (change.isRemove()) {
                log.info("members: " + change.publicKey() + " is no member any more, and was removed");
            } else if (!change.isUpdateOnly()) {
                log.info("members: " + name(change.publicKey()) + " was added");
            }
        }
        Set<MembershipRefusal> before;
        synchronized (monitor) {
            before = new HashSet<>(refused);
            refused = List.copyOf(plan.refusals());
        }
        plan.refusals().stream()
                .filter(refusal -> !before.contains(refusal))
                .limit(16)
                .forEach(refusal -> log.warn("members: " + refusal));
    }

    private String name(PublicKey key) {
        return Optional.ofNullable(taken).stream()
                .flatMap(network -> network.network().members().stream())
                .filter(member -> member.publicKey().equals(key))
                .map(member -> member.name() + " (" + key + ")")
                .findFirst()
                .orElse(key.toString());
    }

    /** Ends the thread; the device stays as it is. */
    @Override
    public void close() {
        synchronized (monitor) {
            closed = true;
            monitor.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lock.close();
    }
}
