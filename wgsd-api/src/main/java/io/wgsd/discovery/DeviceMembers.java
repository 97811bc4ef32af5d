package io.wgsd.discovery;

import io.wgsd.internal.file.StateFile;
import io.wgsd.members.MadePeers;
import io.wgsd.members.Membership;
import io.wgsd.members.MembershipPlan;
import io.wgsd.members.MembershipPolicy;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.Device;
import io.wgsd.model.FormatException;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a device the peers that its network's owner has signed, and takes back what it gave, one step at a time; an
 * agent beside it keeps their endpoints right.
 *
 * <p>What is going to be made is noted first, so that all of it can be taken back later, wherever this ends. Calls block
 * as long as the backend and the store do. Not thread-safe.
 */
public final class DeviceMembers {

    /** For how long a member that was taken back is still looked for, since a restart of a peer adds it again. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private static final int MAX_STORED = 64 * 1024 * 1024;

    private final PeerSource source;
    private final String device;
    private final MembershipPolicy policy;
    private final Store store;
    private @Nullable Membership membership;
    private @Nullable Device latest;
    private @Nullable Moment changedAt;
    private MadePeers made;

    /** Keeps which peers were made, from one start to the next. */
    public interface Store {

        /**
         * Reads what was written last.
         *
         * @return the peers; none at first
         * @throws IOException if it cannot be read; in one line with what to do
         */
        MadePeers read() throws IOException;

        /**
         * Writes which peers were made; once this returns, a crash does not lose it.
         *
         * @param made the peers, in place of those from before
         * @throws IOException if it cannot be written; in one line with what to do
         */
        void write(MadePeers made) throws IOException;

        /**
         * Returns a store that is a file, which is replaced as a whole.
         *
         * @param file where it is; its folder is made when it is written
         * @return the store
         */
        static Store inFile(Path file) {
            return new Store() {

                private final StateFile state = new StateFile(file, MAX_STORED);

                @Override
                public MadePeers read() throws IOException {
                    Optional<byte[]> content = state.read();
                    try {
                        return content.isEmpty()
                                ? MadePeers.none()
                                : MadePeers.parse(new String(content.get(), StandardCharsets.US_ASCII));
                    } catch (FormatException e) {
                        throw new IOException(
                                "state file " + file + ": " + e.getMessage()
                                        + "; without it nothing that was made is known: remove these peers by hand, and"
                                        + " then the file",
                                e);
                    }
                }

                @Override
                public void write(MadePeers made) throws IOException {
                    state.write(made.text().getBytes(StandardCharsets.US_ASCII));
                }
            };
        }
    }

    /**
     * Begins with what was made before.
     *
     * @param source where the device is read and written; it stays the caller's to close
     * @param device the device's name
     * @param policy what the network's owner may do to it
     * @param store knows what was made
     * @throws IOException if the store cannot be read
     */
    public DeviceMembers(PeerSource source, String device, MembershipPolicy policy, Store store) throws IOException {
        this.source = source;
        this.device = Device.checkName(device);
        this.policy = policy;
        this.store = store;
        made = store.read();
    }

    /**
     * Takes over what the owner has signed, for the steps that follow.
     *
     * @param network what was verified, and follows what was taken over before; that is the caller's to check
     */
    public void take(VerifiedNetwork network) {
        membership = Membership.of(policy, network);
    }

    /**
     * Returns which peers were made.
     *
     * @return what may be taken back
     */
    public MadePeers made() {
        return made;
    }

    /**
     * Reads the device, and does what is missing; an owner's removal is done whatever the state of the session.
     *
     * @param now the present time
     * @param connected the members to which there is a live session
     * @return what was done, which may be nothing; empty before the first {@link #take}
     * @throws IOException if the device cannot be read or written, or the store; then a later step does what is left
     */
    public Optional<MembershipPlan> step(Moment now, Set<PublicKey> connected) throws IOException {
        Membership current = membership;
        if (current == null) {
            return Optional.empty();
        }
        Device before = latest;
        ReadOptions options = ReadOptions.defaults();
        Device read = source.read(device, before == null ? options : options.reusing(before));
        latest = read;
        MembershipPlan plan = current.plan(read, now.wall(), made, connected);
        if (!plan.change().isEmpty()) {
            note(plan.noted());
            changedAt = now;
            source.apply(device, plan.change());
        } else if (changedAt == null || now.since(changedAt).compareTo(SETTLED) >= 0) {
            note(plan.made());
        } else {
            note(plan.noted());
        }
        return Optional.of(plan);
    }

    private void note(MadePeers now) throws IOException {
        if (!now.equals(made)) {
            store.write(now);
            made = now;
        }
    }
}
