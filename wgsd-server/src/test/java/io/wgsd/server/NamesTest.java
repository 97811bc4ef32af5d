package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.AWAY;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.Samples.device;
import static io.wgsd.server.Samples.name;
import static io.wgsd.server.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.dnssd.NameServer;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/** Names of peers in the zone, as {@link Registry} answers them: who sees them, and when they change. */
class NamesTest {

    private static final PublicKey CAROL = PublicKey.of(new byte[32]);
    private static final Name OF_ALICE = name("_wireguard._udp.alice.example.com");
    private static final List<IpPrefix> ELSEWHERE = List.of(IpPrefix.parse("192.0.2.0/24"));

    private final CoreWorld world = new CoreWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aNameLeadsWhereTheKeyDoes() {
        serve(world.builder());

        Message byName = world.ask(OF_ALICE, CoreWorld.THIS_HOST);

        assertThat(CoreWorld.portOf(byName)).isEqualTo(HOME.port());
        assertThat(world.core.names().of(ALICE)).contains("alice");
    }

    @Test
    void anotherNameReplacesTheOneFromBefore() {
        serve(world.builder());

        world.reconfigure(world.builder().names(PeerNames.of(Map.of(ALICE, "alicia"))));
        world.nanos += Duration.ofSeconds(1).toNanos();
        world.read(everyone());

        assertThat(rcode(OF_ALICE, CoreWorld.THIS_HOST)).isEqualTo(Rcode.NXDOMAIN);
        assertThat(rcode(name("_wireguard._udp.alicia.example.com"), CoreWorld.THIS_HOST))
                .isEqualTo(Rcode.NOERROR);
    }

    @Test
    void membersHaveNamesFromTheNextReadingOn() {
        serve(world.builder());

        world.core.follower().nameMembers(PeerNames.of(Map.of(ALICE, "laptop", BOB, "bob")));
        world.nanos += Duration.ofSeconds(1).toNanos();
        world.read(everyone());

        assertThat(rcode(name("_wireguard._udp.bob.example.com"), CoreWorld.THIS_HOST))
                .isEqualTo(Rcode.NOERROR);
        assertThat(rcode(name("_wireguard._udp.laptop.example.com"), CoreWorld.THIS_HOST))
                .as("the file names that key")
                .isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void whoMayAskForKeysThatHeKnowsCannotGuessNames() {
        serve(world.builder().allow(ELSEWHERE));

        assertThat(rcode(OF_ALICE, CoreWorld.OUTSIDER)).isEqualTo(Rcode.NXDOMAIN);
        assertThat(rcode(name("alice.example.com"), CoreWorld.OUTSIDER)).isEqualTo(Rcode.NXDOMAIN);
        assertThat(rcode(NAMES.instance(ALICE), CoreWorld.OUTSIDER)).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void whoMayListPeersMayAskForNames() {
        serve(world.builder().allow(ELSEWHERE).allowEnumeration(true));

        assertThat(rcode(OF_ALICE, CoreWorld.OUTSIDER)).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void theNameOfAHiddenPeerDoesNotExist() {
        serve(world.builder()
                .visibility(VisibilityPolicy.builder()
                        .group(Set.of(ALICE, BOB))
                        .group(Set.of(CAROL))
                        .build()));

        assertThat(rcode(OF_ALICE, from("10.0.0.2"))).as("a friend").isEqualTo(Rcode.NOERROR);
        assertThat(rcode(OF_ALICE, from("10.0.0.3"))).as("a stranger").isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void noPeerHasTheNameOfANameServer() {
        ZoneOptions zone = ZoneOptions.builder(NAMES)
                .nameServer(new NameServer(name("dns.example.com"), List.of(IpAddress.parse("192.0.2.1"))))
                .build();
        RegistryBuilder registry =
                Registry.builder(world.source, "wg0", zone).names(PeerNames.of(Map.of(ALICE, "dns")));

        assertThatThrownBy(() -> world.core(registry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name server's");
    }

    private void serve(RegistryBuilder builder) {
        world.reconfigure(builder.names(PeerNames.of(Map.of(ALICE, "alice"))));
        world.read(everyone());
    }

    private static Device everyone() {
        return device(peer(ALICE, HOME), peerAt(BOB, "10.0.0.2/32"), peerAt(CAROL, "10.0.0.3/32"));
    }

    private static Peer peerAt(PublicKey key, String prefix) {
        return Peer.builder(key)
                .endpoint(AWAY)
                .allowedIp(IpPrefix.parse(prefix))
                .build();
    }

    private int rcode(Name name, QuerySource asker) {
        return world.ask(name, asker).getRcode();
    }

    private static QuerySource from(String address) {
        return new QuerySource(IpAddress.parse(address), Arrival.DEVICE, Protocol.UDP);
    }
}
