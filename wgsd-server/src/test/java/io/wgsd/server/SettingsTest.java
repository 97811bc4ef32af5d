package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.Samples.device;
import static io.wgsd.server.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.model.IpPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

/** Other settings for a registry that runs, as {@link DeviceFollower} takes them over. */
class SettingsTest {

    private final CoreWorld world = new CoreWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void otherSettingsCountFromTheNextReadingOn() {
        world.read(device(peer(ALICE, HOME)));
        world.reconfigure(world.builder().allow(List.of(IpPrefix.parse("192.0.2.0/24"))));
        assertThat(world.ask(NAMES.instance(ALICE), CoreWorld.OUTSIDER).getRcode())
                .isEqualTo(Rcode.REFUSED);

        world.read(device(peer(ALICE, HOME)));

        assertThat(world.ask(NAMES.instance(ALICE), CoreWorld.OUTSIDER).getRcode())
                .isEqualTo(Rcode.NOERROR);
        assertThat(world.events).containsExactly("ready", "reconfigured");
    }

    @Test
    void otherSettingsCountEvenWhileNothingCanBeRead() {
        world.read(device(peer(ALICE, HOME)));
        world.reconfigure(world.builder().allow(List.of(IpPrefix.parse("192.0.2.0/24"))));

        world.fail(Duration.ofSeconds(1));

        assertThat(world.ask(NAMES.instance(ALICE), CoreWorld.OUTSIDER).getRcode())
                .isEqualTo(Rcode.NOERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void theyCountAfterAllWhereTheyCouldNotBeServedAtFirst(int looksAtTheClock) {
        world.read(device(peer(ALICE, HOME)));
        world.reconfigure(world.builder().allow(List.of(IpPrefix.parse("192.0.2.0/24"))));

        world.clockWorks = looksAtTheClock;
        world.fail(Duration.ofSeconds(1));
        world.clockWorks = Integer.MAX_VALUE;
        world.fail(Duration.ofSeconds(1));

        assertThat(world.ask(NAMES.instance(ALICE), CoreWorld.OUTSIDER).getRcode())
                .isEqualTo(Rcode.NOERROR);
        assertThat(world.events).containsOnlyOnce("reconfigured");
    }

    @Test
    void knownPeersStay() {
        world.read(device(peer(ALICE, HOME)));
        String before = world.sinceOf(ALICE.toBase32());
        world.nanos += Duration.ofHours(1).toNanos();

        world.reconfigure(world.builder().advertiser(Advertiser.ofAllPeers()));
        world.read(device(peer(ALICE, HOME)));

        assertThat(world.sinceOf(ALICE.toBase32())).isEqualTo(before);
        assertThat(world.core.zone().orElseThrow().serial()).isGreaterThan(CoreWorld.START.getEpochSecond());
    }

    @Test
    void aPolicyMayComeAndGo() {
        world.read(device(peer(ALICE, HOME)));
        RegistryBuilder hiding = world.builder()
                .allow(List.of(IpPrefix.parse("192.0.2.0/24")))
                .visibility(VisibilityPolicy.builder().group(Set.of(ALICE)).build());
        world.reconfigure(hiding);
        world.read(device(peer(ALICE, HOME)));

        assertThat(world.ask(NAMES.instance(ALICE), CoreWorld.OUTSIDER).getRcode())
                .isEqualTo(Rcode.NXDOMAIN);
        assertThat(world.ask(NAMES.instance(ALICE), CoreWorld.THIS_HOST).getRcode())
                .isEqualTo(Rcode.NOERROR);
    }
}
