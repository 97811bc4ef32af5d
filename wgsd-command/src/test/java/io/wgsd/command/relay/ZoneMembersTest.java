package io.wgsd.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.relay.RelayMembers;
import io.wgsd.server.Registry;
import io.wgsd.server.VisibilityPolicy;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.contract.Await;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Record;

/** What a relay learns from the zone that a registry makes for relays. */
class ZoneMembersTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");
    private static final PublicKey CAROL = PublicKey.parse("JeZlz14G8tg1Bqh6apteFCwVhNhpexJ19FDPfuxQtUY=");

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());

    @BeforeEach
    void peersOfWhichOneHasNoEndpoint() throws IOException {
        wireGuard.create("wg0");
        try (PeerSource source = wireGuard.source()) {
            source.apply(
                    "wg0",
                    DeviceChange.builder()
                            .peer(ALICE)
                            .endpoint(Endpoint.parse("203.0.113.1:1000"))
                            .peer(BOB)
                            .peer(CAROL)
                            .endpoint(Endpoint.parse("203.0.113.3:3000"))
                            .build());
        }
    }

    @Test
    void aPeerWithoutAnEndpointIsAMemberAndAllMayReachAll() throws IOException {
        RelayMembers members = learned(VisibilityPolicy.everyone());

        assertThat(members.keys()).containsExactlyInAnyOrder(ALICE, BOB, CAROL);
        assertThat(members.policy().mayReach(ALICE, BOB)).isTrue();
    }

    @Test
    void aMemberMayReachThoseThatItMaySee() throws IOException {
        VisibilityPolicy policy = VisibilityPolicy.builder()
                .group(List.of(ALICE, BOB))
                .seesAll(CAROL)
                .build();

        RelayMembers members = learned(policy);

        assertThat(members.keys()).containsExactlyInAnyOrder(ALICE, BOB, CAROL);
        for (PublicKey from : members.keys()) {
            for (PublicKey to : members.keys()) {
                assertThat(members.policy().mayReach(from, to))
                        .as(from + " may reach " + to)
                        .isEqualTo(policy.sees(from, to));
            }
        }
    }

    @Test
    void aMemberOfWhichTheZoneDoesNotSayWhatItSeesReachesNobodyWhereOthersAreHidden() throws IOException {
        Set<Record> records = records(VisibilityPolicy.builder().seesAll(CAROL).build());
        records.removeIf(record -> record.getName().toString().startsWith(ALICE.toBase32() + "._wireguard-member"));

        RelayMembers members = new ZoneMembers(NAMES).of(records).toRelayMembers();

        assertThat(members.keys()).contains(ALICE);
        assertThat(members.policy().mayReach(ALICE, CAROL)).isFalse();
        assertThat(members.policy().mayReach(CAROL, ALICE)).isTrue();
    }

    private RelayMembers learned(VisibilityPolicy policy) throws IOException {
        return new ZoneMembers(NAMES).of(records(policy)).toRelayMembers();
    }

    private Set<Record> records(VisibilityPolicy policy) throws IOException {
        ZoneMembers members = new ZoneMembers(NAMES);
        try (PeerSource source = wireGuard.source();
                Registry registry = Registry.builder(
                                source, "wg0", ZoneOptions.builder(NAMES).build())
                        .serves(false)
                        .visibility(policy)
                        .tellsMembers(true)
                        .start()) {
            Await.until("the zone", () -> registry.zone().isPresent());
            Zone zone = registry.zone().orElseThrow();
            return zone.records().filter(members::tells).collect(Collectors.toSet());
        }
    }
}
