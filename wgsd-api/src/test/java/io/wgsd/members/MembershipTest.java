package io.wgsd.members;

import static io.wgsd.members.Samples.ALICE;
import static io.wgsd.members.Samples.BOB;
import static io.wgsd.members.Samples.HUB;
import static io.wgsd.members.Samples.NAMES;
import static io.wgsd.members.Samples.NETWORK;
import static io.wgsd.members.Samples.NOW;
import static io.wgsd.members.Samples.ZONE;
import static io.wgsd.members.Samples.key;
import static io.wgsd.members.Samples.member;
import static io.wgsd.members.Samples.prefixes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.wgsd.members.MembershipRefusal.Reason;
import io.wgsd.members.signed.RrsetMap;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static final PublicKey SELF = key(100);
    private static final Member HERE = member(100, "here", "10.0.0.100/32");
    private static final Member CAROL = member(4, "carol", "10.1.0.4/32");
    private static final Member DAVE = member(5, "dave", "10.1.0.5/32", "192.168.9.0/24");
    private static final MembershipPolicy ALL = MembershipPolicy.builder().build();
    private static final Duration VALIDITY = Duration.ofDays(30);
    private static final Instant EXPIRED = NOW.plus(VALIDITY).plusSeconds(1);

    /** A device that its host's user has given one peer, of whom the network knows nothing. */
    private Device device = device(peer(50, "10.5.0.0/16"));

    private MadePeers made = MadePeers.none();
    private MembershipPolicy policy = ALL;
    private Instant now = NOW;

    @Test
    void membersBecomePeersWithTheirPrefixesAndNothingElseIsTouched() {
        MembershipPlan plan = plan(CAROL, DAVE, HERE);

        assertThat(plan.change())
                .isEqualTo(DeviceChange.builder()
                        .peer(key(4))
                        .addAllowedIps(prefixes("10.1.0.4/32"))
                        .peer(key(5))
                        .addAllowedIps(prefixes("10.1.0.5/32", "192.168.9.0/24"))
                        .build());
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.made().peers()).containsExactly(key(4), key(5));
        assertThat(plan.noted()).isEqualTo(plan.made());
    }

    @Test
    void whatIsAsItIsToBeStaysSo() {
        apply(plan(CAROL, DAVE));

        MembershipPlan again = plan(CAROL, DAVE);

        assertThat(again.change().isEmpty()).isTrue();
        assertThat(again.made()).isEqualTo(made);
    }

    @Test
    void aMemberThatIsGoneIsRemovedAndNotedUntilItIs() {
        apply(plan(CAROL, DAVE));

        MembershipPlan plan = plan(CAROL);

        assertThat(plan.change())
                .isEqualTo(DeviceChange.builder().peer(key(5)).remove().build());
        assertThat(plan.noted().contains(key(5))).isTrue();
        assertThat(plan.made().contains(key(5))).isFalse();
    }

    @Test
    void aPrefixThatIsSignedNoMoreIsTakenBackAndTheSessionStays() {
        apply(plan(DAVE));

        MembershipPlan plan = plan(member(5, "dave", "10.1.0.5/32"));

        assertThat(plan.change())
                .isEqualTo(DeviceChange.builder()
                        .peer(key(5))
                        .updateOnly()
                        .removeAllowedIp(prefixes("192.168.9.0/24").get(0))
                        .build());
    }

    @Test
    void aPrefixGoesFromOneMemberToAnotherInOneChange() {
        apply(plan(CAROL, DAVE));

        apply(plan(member(4, "carol", "10.1.0.4/32", "192.168.9.0/24"), member(5, "dave", "10.1.0.5/32")));

        assertThat(device.peer(key(4)).orElseThrow().allowedIps()).isEqualTo(prefixes("10.1.0.4/32", "192.168.9.0/24"));
        assertThat(device.peer(key(5)).orElseThrow().allowedIps()).isEqualTo(prefixes("10.1.0.5/32"));
    }

    @Test
    void aPeerThatTheUserMadeIsNotTouchedThoughItIsAMember() {
        device = device(peer(4, "10.7.0.0/16"));

        MembershipPlan plan = plan(CAROL);

        assertThat(plan.change().isEmpty()).isTrue();
        assertThat(plan.made()).isEqualTo(MadePeers.none());
    }

    @Test
    void whatTheUserAddsToAPeerOfOursStays() {
        apply(plan(CAROL));
        device = device(peer(4, "10.1.0.4/32", "10.8.0.0/16"));

        assertThat(plan(CAROL).change().isEmpty()).isTrue();
        assertThat(plan(member(4, "carol", "10.1.0.44/32")).change())
                .isEqualTo(DeviceChange.builder()
                        .peer(key(4))
                        .updateOnly()
                        .removeAllowedIp(prefixes("10.1.0.4/32").get(0))
                        .peer(key(4))
                        .updateOnly()
                        .addAllowedIps(prefixes("10.1.0.44/32"))
                        .build());
    }

    @Test
    void aPrefixThatAPeerOfTheUsersHasOrHasAroundItIsRefused() {
        assertRefused(Reason.FOREIGN_PEER, member(4, "carol", "10.5.0.0/16"));
        assertRefused(Reason.FOREIGN_PEER, member(4, "carol", "10.5.0.1/32"));
        assertThat(plan(member(4, "carol", "10.0.0.0/8")).refusals()).isEmpty();
    }

    @Test
    void aDefaultRouteIsRefusedWholeOrInPiecesUnlessThePolicyTakesIt() {
        Member exit = member(4, "exit", "0.0.0.0/0");
        Member pieces = member(4, "exit", "0.0.0.0/1", "128.0.0.0/1", "10.1.0.4/32");

        assertRefused(Reason.DEFAULT_ROUTE, exit);
        assertThat(plan(pieces).refusals()).hasSize(2).allMatch(refusal -> refusal.reason() == Reason.DEFAULT_ROUTE);
        assertThat(plan(pieces).made().prefixes(key(4))).isEqualTo(Set.copyOf(prefixes("10.1.0.4/32")));
        policy = MembershipPolicy.builder().defaultRoute(true).build();
        assertThat(plan(exit).refusals()).isEmpty();
    }

    @Test
    void aNetworkOfThisHostIsRefusedAndSoIsOneAroundIt() {
        policy = MembershipPolicy.builder()
                .hostNetworks(prefixes("192.168.9.0/24"))
                .build();

        assertRefused(Reason.HOST_NETWORK, member(4, "carol", "192.168.9.0/24"));
        assertRefused(Reason.HOST_NETWORK, member(4, "carol", "192.168.9.7/32"));
        assertRefused(Reason.HOST_NETWORK, member(4, "carol", "192.168.0.0/16"));
    }

    @Test
    void aPrefixOutsideOfThePolicysLimitsIsRefusedAndTheOthersAreNot() {
        policy = MembershipPolicy.builder().within(prefixes("10.0.0.0/8")).build();

        MembershipPlan plan = plan(DAVE);

        assertThat(plan.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.OUTSIDE_POLICY);
            assertThat(refusal.prefix()).contains(prefixes("192.168.9.0/24").get(0));
            assertThat(refusal)
                    .hasToString("member dave does not get 192.168.9.0/24: it is outside of what this host lets"
                            + " members have");
        });
        assertThat(plan.made().prefixes(key(5))).containsExactlyElementsOf(prefixes("10.1.0.5/32"));
    }

    @Test
    void membersOfOtherGroupsAreNoPeersAndRegistriesAlwaysAre() {
        policy = MembershipPolicy.builder().group("servers").build();

        assertThat(plan(HUB, ALICE, BOB).made().peers()).containsExactly(HUB.publicKey(), ALICE.publicKey());
    }

    @Test
    void thereAreNoMorePeersThanThePolicyAllowsAndThoseThatAreThereStay() {
        policy = MembershipPolicy.builder().maxPeers(1).build();
        apply(plan(DAVE));

        MembershipPlan plan = plan(CAROL, DAVE);

        assertThat(plan.change().isEmpty()).isTrue();
        assertThat(plan.refusals()).extracting(MembershipRefusal::reason).containsExactly(Reason.TOO_MANY_PEERS);
        assertThat(plan.refusals().get(0).name()).isEqualTo("carol");
    }

    @Test
    void whileSignaturesAreNotValidNothingIsAddedAndWhatIsGoneIsRemoved() {
        apply(plan(CAROL, DAVE));
        for (Instant wrong : List.of(EXPIRED, Instant.EPOCH)) {
            now = wrong;

            MembershipPlan plan =
                    plan(member(4, "carol", "10.1.0.4/32", "10.9.0.0/16"), member(6, "erin", "10.1.0.6/32"));

            assertThat(plan.change())
                    .isEqualTo(DeviceChange.builder().peer(key(5)).remove().build());
            assertThat(plan.refusals())
                    .extracting(MembershipRefusal::name, MembershipRefusal::reason)
                    .containsExactly(tuple("carol", Reason.NOT_VALID_NOW), tuple("erin", Reason.NOT_VALID_NOW));
        }
    }

    @Test
    void afterARestartOfTheHostWhatWasMadeIsMadeAgainWhateverTheClockSays() {
        apply(plan(CAROL, DAVE));
        Device before = device;
        for (Instant any : List.of(NOW, EXPIRED, Instant.EPOCH)) {
            device = device(peer(50, "10.5.0.0/16"));
            now = any;

            apply(plan(CAROL, DAVE));

            assertThat(device).isEqualTo(before);
        }
    }

    @Test
    void onExpiryAllIsRemovedOnlyWhereThePolicySaysSoAndRegistriesStay() {
        apply(plan(HUB, CAROL));
        now = EXPIRED;
        assertThat(plan(HUB, CAROL).change().isEmpty()).isTrue();

        policy = MembershipPolicy.builder().removeOnExpiry(true).build();

        assertThat(plan(HUB, CAROL).change())
                .isEqualTo(DeviceChange.builder().peer(key(4)).remove().build());
    }

    @Test
    void aRegistryIsMadeWithItsEndpointAndAPeerThatIsThereKeepsItsOwn() {
        assertThat(plan(HUB).change())
                .isEqualTo(DeviceChange.builder()
                        .peer(HUB.publicKey())
                        .addAllowedIps(HUB.allowedIps())
                        .endpoint(HUB.endpoints().get(0))
                        .build());
        apply(plan(HUB));
        assertThat(plan(HUB.toBuilder().group("other").build()).change().isEmpty())
                .isTrue();
    }

    @Test
    void whatIsInsideARegistrysPrefixIsTheMembersWhileItIsConnected() {
        device = device(peer(1, "10.0.0.0/24", "10.0.0.1/32"));
        apply(plan(Set.of(), HUB, BOB));
        // Bob is a peer to which sessions can be made; his address is the hub's for now, his network nobody else's.
        assertThat(device.peer(BOB.publicKey()).orElseThrow().allowedIps()).isEqualTo(prefixes("192.168.7.0/24"));

        apply(plan(Set.of(BOB.publicKey()), HUB, BOB));
        assertThat(device.peer(BOB.publicKey()).orElseThrow().allowedIps()).isEqualTo(BOB.allowedIps());

        apply(plan(Set.of(), HUB, BOB));
        assertThat(device.peer(BOB.publicKey()).orElseThrow().allowedIps()).isEqualTo(prefixes("192.168.7.0/24"));
        assertThat(device.peer(HUB.publicKey()).orElseThrow().allowedIps()).isEqualTo(HUB.allowedIps());
    }

    @Test
    void theSameHoldsWhereTheRegistryItselfWasMade() {
        apply(plan(Set.of(), HUB, BOB));
        assertThat(device.peer(BOB.publicKey()).orElseThrow().allowedIps()).isEqualTo(prefixes("192.168.7.0/24"));

        apply(plan(Set.of(BOB.publicKey()), HUB, BOB));
        assertThat(device.peer(BOB.publicKey()).orElseThrow().allowedIps()).isEqualTo(BOB.allowedIps());
    }

    @Test
    void aRegistrysPrefixAsAWholeIsNobodyElses() {
        device = device(peer(1, "10.0.0.0/24", "10.0.0.7/32"));

        MembershipPlan plan = plan(HUB, member(7, "eve", "10.0.0.7/32"));

        assertThat(plan.refusals()).extracting(MembershipRefusal::reason).containsExactly(Reason.FOREIGN_PEER);
        assertThat(plan.change().isEmpty()).isTrue();
    }

    @Test
    void aRelayIsNoPeerByItsMembershipAlone() {
        Member relay = Member.builder(key(8), "relay")
                .role(MemberRole.RELAY)
                .endpoint(HUB.endpoints().get(0))
                .build();

        assertThat(plan(relay).change().isEmpty()).isTrue();
    }

    private void assertRefused(Reason reason, Member member) {
        MembershipPlan plan = plan(member);
        assertThat(plan.refusals()).extracting(MembershipRefusal::reason).containsExactly(reason);
        assertThat(plan.change().isEmpty()).isTrue();
    }

    private MembershipPlan plan(Member... members) {
        return plan(Set.of(), members);
    }

    private MembershipPlan plan(Set<PublicKey> connected, Member... members) {
        return Membership.of(policy, verified(Network.of(NAMES, NETWORK.ranges(), List.of(members))))
                .plan(device, now, made, connected);
    }

    private void apply(MembershipPlan plan) {
        device = AppliedChange.of(plan.change(), device);
        made = plan.made();
    }

    static VerifiedNetwork verified(Network network) {
        return new VerifiedNetwork(
                network, 1, NOW, NOW.plus(VALIDITY), new byte[48], new RrsetMap(List.of()).toZone(ZONE.origin()));
    }

    private static Device device(Peer... peers) {
        return Device.builder("wg0", DeviceKind.USERSPACE)
                .publicKey(SELF)
                .peers(List.of(peers))
                .build();
    }

    private static Peer peer(int number, String... prefixes) {
        return Peer.builder(key(number)).allowedIps(prefixes(prefixes)).build();
    }
}
