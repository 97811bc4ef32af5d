package io.wgsd.members;

import static io.wgsd.members.Samples.NAMES;
import static io.wgsd.members.Samples.NOW;
import static io.wgsd.members.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of each plan of a {@link Membership}, whatever came before: thousands of steps from seeds. */
class MembershipHistoryTest {

    private static final int STEPS = 400;
    private static final int KEYS = 12;
    private static final PublicKey SELF = key(1);
    private static final PublicKey HUB = key(2);
    private static final List<IpPrefix> PREFIXES = Samples.prefixes(
            "10.0.0.3/32",
            "10.0.0.4/32",
            "10.0.0.4/30",
            "10.0.1.0/24",
            "10.1.0.0/16",
            "10.1.2.0/24",
            "192.168.1.0/24",
            "fd00::3/128",
            "fd00::4/128",
            "0.0.0.0/0",
            "0.0.0.0/1",
            "128.0.0.0/1",
            "172.16.0.0/12");

    private Random random = new Random(0);
    private Device device = device(List.of());
    private MadePeers made = MadePeers.none();

    static List<Integer> seeds() {
        return List.of(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverHappensNothingIsTouchedThatWasNotMadeAndNothingGivenThatIsNotSigned(int seed) {
        random = new Random(seed);
        Network network = Network.of(NAMES, List.of(), List.of());
        int changes = 0;
        for (int step = 0; step < STEPS; step++) {
            disturb();
            network = random.nextBoolean() ? network : network();
            Instant now = NOW.plus(Duration.ofDays(random.nextInt(5) == 0 ? 60 : 1));
            MembershipPolicy policy = policy();
            Membership membership = Membership.of(policy, MembershipTest.verified(network));
            Set<PublicKey> connected = some();
            Device before = device;
            MadePeers madeBefore = made;

            MembershipPlan plan = membership.plan(device, now, made, connected);
            // A change may be carried out in part, or not noted afterwards.
            device = AppliedChange.of(plan.change(), device);
            made = random.nextInt(4) == 0 ? plan.noted() : plan.made();

            assertForeignUntouched(before, madeBefore);
            assertNothingUnsigned(before, madeBefore, network);
            assertRemovable(before, plan);
            if (now.isAfter(NOW.plus(Duration.ofDays(30)))) {
                assertNothingNew(before, madeBefore);
            }
            assertDeadMembersGoByTheHub(network, connected);
            assertThat(plan.made().peers().size()).isLessThanOrEqualTo(policy.maxPeers());
            MembershipPlan again = membership.plan(device, now, plan.made(), connected);
            assertThat(again.change().isEmpty()).as("again: %s", again.change()).isTrue();
            assertThat(again.made()).isEqualTo(plan.made());
            assertThat(refused(again)).isEqualTo(refused(plan));
            changes += plan.change().isEmpty() ? 0 : 1;
        }
        assertThat(changes).as("steps in which something was done").isGreaterThan(STEPS / 8);
    }

    private static Set<String> refused(MembershipPlan plan) {
        return plan.refusals().stream().map(MembershipRefusal::name).collect(Collectors.toSet());
    }

    /** What the network has no part in: a user's hand, or a restart. */
    private void disturb() {
        List<Peer> peers = new ArrayList<>(device.peers());
        switch (random.nextInt(6)) {
            case 0 -> peers.removeIf(peer -> made.contains(peer.publicKey()));
            case 1 -> {
                PublicKey user = key(3 + random.nextInt(KEYS));
                if (!made.contains(user)) {
                    peers.removeIf(peer -> peer.publicKey().equals(user));
                    Set<IpPrefix> free = new HashSet<>(PREFIXES);
                    peers.forEach(peer -> free.removeAll(peer.allowedIps()));
                    peers.add(Peer.builder(user)
                            .allowedIps(free.stream()
                                    .sorted()
                                    .limit(random.nextInt(3))
                                    .toList())
                            .build());
                }
            }
            case 2 -> {
                if (!peers.isEmpty()) {
                    peers.remove(random.nextInt(peers.size()));
                }
            }
            case 3 -> {
                if (!made.contains(HUB)) {
                    peers.removeIf(peer -> peer.publicKey().equals(HUB));
                    peers.add(Peer.builder(HUB)
                            .allowedIps(Samples.prefixes("10.0.0.0/24"))
                            .build());
                }
            }
            default -> {}
        }
        device = device(peers);
    }

    private Network network() {
        Network network = Network.of(NAMES, List.of(), List.of());
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= KEYS; i++) {
            Member.Builder member = Member.builder(key(i), "host" + i).group(random.nextBoolean() ? "a" : "b");
            for (int n = random.nextInt(3); n >= 0; n--) {
                member.allowedIp(PREFIXES.get(random.nextInt(PREFIXES.size())));
            }
            if (i == 2) {
                member.role(MemberRole.REGISTRY)
                        .endpoint(Endpoint.parse("192.0.2.1:51820"))
                        .allowedIps(Samples.prefixes("10.0.0.0/24", "10.0.0.1/32"));
            }
            members.add(member.build());
        }
        Collections.shuffle(members, random);
        for (Member member : members) {
            try {
                network = random.nextInt(3) == 0 ? network : network.with(member);
            } catch (FormatException e) {
                // It has what another one has.
            }
        }
        return network;
    }

    private MembershipPolicy policy() {
        MembershipPolicy.Builder policy = MembershipPolicy.builder().defaultRoute(random.nextBoolean());
        if (random.nextInt(4) == 0) {
            policy.group("a");
        }
        if (random.nextInt(4) == 0) {
            policy.maxPeers(random.nextInt(4));
        }
        if (random.nextInt(4) == 0) {
            policy.hostNetworks(Samples.prefixes("192.168.0.0/16"));
        }
        return policy.build();
    }

    private Set<PublicKey> some() {
        Set<PublicKey> some = new HashSet<>();
        for (int i = 1; i <= KEYS; i++) {
            if (random.nextBoolean()) {
                some.add(key(i));
            }
        }
        return some;
    }

    private void assertForeignUntouched(Device before, MadePeers madeBefore) {
        for (Peer peer : before.peers()) {
            if (!madeBefore.contains(peer.publicKey())) {
                assertThat(device.peer(peer.publicKey()))
                        .as("a peer that was not made")
                        .contains(peer);
            }
        }
    }

    private void assertNothingUnsigned(Device before, MadePeers madeBefore, Network network) {
        for (Peer peer : device.peers()) {
            PublicKey key = peer.publicKey();
            Set<IpPrefix> may = new HashSet<>(network.members().stream()
                    .filter(member -> member.publicKey().equals(key))
                    .findFirst()
                    .map(Member::allowedIps)
                    .orElse(List.of()));
            before.peer(key)
                    .ifPresent(old -> may.addAll(old.allowedIps().stream()
                            .filter(prefix -> !madeBefore.prefixes(key).contains(prefix))
                            .toList()));
            assertThat(may).as("what " + key + " may have").containsAll(peer.allowedIps());
            assertThat(key).isNotEqualTo(SELF);
        }
    }

    private void assertRemovable(Device before, MembershipPlan plan) {
        Set<PublicKey> fresh = device.peers().stream().map(Peer::publicKey).collect(Collectors.toSet());
        before.peers().forEach(peer -> fresh.remove(peer.publicKey()));
        assertThat(plan.noted().peers()).as("noted before it is made").containsAll(fresh);
        assertThat(plan.noted().peers()).containsAll(plan.made().peers());
        for (Peer peer : device.peers()) {
            Set<IpPrefix> added = new HashSet<>(peer.allowedIps());
            before.peer(peer.publicKey()).ifPresent(old -> added.removeAll(old.allowedIps()));
            assertThat(plan.noted().prefixes(peer.publicKey()))
                    .as("noted before it is given")
                    .containsAll(added);
        }
    }

    private void assertNothingNew(Device before, MadePeers madeBefore) {
        for (Peer peer : device.peers()) {
            Set<IpPrefix> old = new HashSet<>(madeBefore.prefixes(peer.publicKey()));
            before.peer(peer.publicKey()).ifPresent(each -> old.addAll(each.allowedIps()));
            assertThat(old).as("what was there or made before").containsAll(peer.allowedIps());
            assertThat(before.peer(peer.publicKey()).isPresent() || madeBefore.contains(peer.publicKey()))
                    .isTrue();
        }
    }

    private void assertDeadMembersGoByTheHub(Network network, Set<PublicKey> connected) {
        if (device.peer(HUB).isEmpty() || network.member("host2").isEmpty()) {
            return;
        }
        CryptokeyRouting routing = CryptokeyRouting.of(device);
        for (Member member : network.members()) {
            for (IpPrefix prefix : member.allowedIps()) {
                boolean ours = made.contains(member.publicKey())
                        && made.prefixes(member.publicKey()).contains(prefix);
                boolean inside = device.peer(HUB).orElseThrow().allowedIps().stream()
                        .anyMatch(own -> own.length() < prefix.length() && own.contains(prefix.network()));
                if (ours
                        && inside
                        && !connected.contains(member.publicKey())
                        && !member.publicKey().equals(HUB)) {
                    assertThat(routing.route(prefix.network())).isNotEqualTo(Optional.of(member.publicKey()));
                }
            }
        }
    }

    private static Device device(List<Peer> peers) {
        return Device.builder("wg0", DeviceKind.USERSPACE)
                .publicKey(SELF)
                .peers(peers)
                .build();
    }
}
