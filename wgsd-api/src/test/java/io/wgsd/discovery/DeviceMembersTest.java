package io.wgsd.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.members.MadePeers;
import io.wgsd.members.Member;
import io.wgsd.members.MembersSigner;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.MembershipPlan;
import io.wgsd.members.MembershipPolicy;
import io.wgsd.members.Network;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceMembersTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final Instant SIGNED = Instant.parse("2026-01-01T00:00:00Z");
    private static final SigningKey OWNER =
            SigningKey.generate(MembersZone.names(NAMES), SigningAlgorithm.ED25519, SIGNED);
    private static final PublicKey CAROL = PublicKey.parse("YdwjF6SQDBGUYgmtTqI0TIJ7t7LHjRNIXPbQnm5fCws=");
    private static final List<IpPrefix> HERS = List.of(IpPrefix.parse("10.0.0.4/32"));

    private final List<String> happened = new ArrayList<>();
    private final RecordedSource source = new RecordedSource();
    private final RecordedStore store = new RecordedStore();
    private Moment now = new Moment(SIGNED.plusSeconds(60), 0);

    @Test
    void untilTheOwnersListIsKnownNothingIsRead() throws Exception {
        assertThat(members().step(now, Set.of())).isEmpty();
        assertThat(happened).isEmpty();
    }

    @Test
    void whatIsMadeIsNotedFirst() throws Exception {
        DeviceMembers members = members();
        members.take(network(true));

        assertThat(members.step(now, Set.of())).isPresent();

        assertThat(happened).containsExactly("noted [" + CAROL + "]", "applied peer " + CAROL + " +10.0.0.4/32");
        assertThat(members.made().prefixes(CAROL)).containsExactlyElementsOf(HERS);
    }

    @Test
    void whatCannotBeNotedIsNotMade() throws Exception {
        DeviceMembers members = members();
        members.take(network(true));
        store.full = true;

        assertThatThrownBy(() -> members.step(now, Set.of())).hasMessage("the disk is full");

        assertThat(happened).isEmpty();
    }

    @Test
    void aChangeThatFailedIsMadeByALaterStepAndStaysNoted() throws Exception {
        DeviceMembers members = members();
        members.take(network(true));
        source.refuses = true;
        assertThatThrownBy(() -> members.step(now, Set.of())).hasMessage("not permitted");
        assertThat(members.made().contains(CAROL)).isTrue();

        source.refuses = false;
        MembershipPlan plan = members.step(now, Set.of()).orElseThrow();

        assertThat(plan.change().isEmpty()).isFalse();
        assertThat(happened).hasSize(2);
    }

    @Test
    void whoIsRemovedAndComesBackWithinSecondsIsRemovedAgain() throws Exception {
        DeviceMembers members = members();
        members.take(network(true));
        members.step(now, Set.of());
        source.device = device(Peer.builder(CAROL).allowedIps(HERS).build());
        members.take(network(false));
        members.step(now, Set.of());
        source.device = device();
        step(members, 1);
        happened.clear();

        // As an agent that restarts a peer adds it again.
        source.device = device(Peer.builder(CAROL).allowedIps(HERS).build());
        step(members, 2);
        assertThat(happened).containsExactly("applied peer " + CAROL + " remove");

        source.device = device();
        step(members, 13);
        assertThat(members.made()).isEqualTo(MadePeers.none());
        source.device = device(Peer.builder(CAROL).allowedIps(HERS).build());
        happened.clear();
        step(members, 14);
        assertThat(happened).as("by then it is somebody else's").isEmpty();
    }

    @Test
    void aFileKeepsWhatWasMadeFromOneStartToTheNext(@TempDir Path folder) throws IOException {
        DeviceMembers.Store file = DeviceMembers.Store.inFile(folder.resolve("state/wg0.members"));
        assertThat(file.read()).isEqualTo(MadePeers.none());
        MadePeers made = MadePeers.none().with(CAROL, HERS);

        file.write(made);

        assertThat(file.read()).isEqualTo(made);
        Files.writeString(folder.resolve("state/wg0.members"), "no peer");
        assertThatThrownBy(file::read)
                .hasMessageContaining("wg0.members")
                .hasMessageContaining("remove these peers by hand");
    }

    private void step(DeviceMembers members, int seconds) throws IOException {
        now = new Moment(
                SIGNED.plusSeconds(60 + seconds), Duration.ofSeconds(seconds).toNanos());
        members.step(now, Set.of());
    }

    private DeviceMembers members() throws IOException {
        return new DeviceMembers(source, "wg0", MembershipPolicy.builder().build(), store);
    }

    private static VerifiedNetwork network(boolean withCarol) throws UnfitZoneException {
        List<Member> members = withCarol
                ? List.of(Member.builder(CAROL, "carol").allowedIps(HERS).build())
                : List.of();
        Network network = Network.of(NAMES, List.of(), members);
        return new MembersVerifier(NAMES, List.of(OWNER.ds()))
                .verify(new MembersSigner(List.of(OWNER), MembersSigner.VALIDITY).sign(network, List.of(), SIGNED));
    }

    private static Device device(Peer... peers) {
        return Device.builder("wg0", DeviceKind.USERSPACE).peers(List.of(peers)).build();
    }

    private final class RecordedStore implements DeviceMembers.Store {

        private MadePeers kept = MadePeers.none();
        private boolean full;

        @Override
        public MadePeers read() {
            return kept;
        }

        @Override
        public void write(MadePeers made) throws IOException {
            if (full) {
                throw new IOException("the disk is full");
            }
            kept = made;
            happened.add("noted " + made.peers());
        }
    }

    private final class RecordedSource implements PeerSource {

        private Device device = device();
        private boolean refuses;

        @Override
        public Set<String> deviceNames() {
            return Set.of("wg0");
        }

        @Override
        public Device read(String name, ReadOptions options) {
            return device;
        }

        @Override
        public void apply(String name, DeviceChange change) {
            if (refuses) {
                throw new IllegalStateException("not permitted");
            }
            change.peers().forEach(peer -> happened.add("applied " + peer));
        }

        @Override
        public void close() {}
    }
}
