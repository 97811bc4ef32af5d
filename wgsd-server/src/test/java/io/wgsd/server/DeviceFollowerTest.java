package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.AWAY;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.Samples.device;
import static io.wgsd.server.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PeerStatistics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

/** What the thread that reads puts into service, and what it goes on with where something fails. */
class DeviceFollowerTest {

    private final CoreWorld world = new CoreWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void readingsThatCannotBePublishedAreNotReported() {
        world.read(device(peer(ALICE, HOME)));

        world.clockFails = true;
        world.nanos += Duration.ofSeconds(6).toNanos();
        world.core
                .follower()
                .read(Optional.empty(), device(peer(ALICE, AWAY)), DeviceDifference.between(device(), device()));

        assertThat(CoreWorld.extendedError(world.ask(NAMES.instance(ALICE), CoreWorld.THIS_HOST)))
                .isEqualTo(3);
    }

    @Test
    void aClockThatJumpsIsReported() {
        world.read(device(peer(ALICE, HOME)));

        world.wallAhead = Duration.ofHours(-1);
        world.read(device(peer(ALICE, HOME)));
        world.read(device(peer(ALICE, HOME)));

        assertThat(world.events)
                .filteredOn(event -> event.startsWith("notice"))
                .singleElement()
                .asString()
                .startsWith("notice this host's clock went back by 3600 s");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, Integer.MAX_VALUE})
    void aClockThatIsSetBackHasTheZoneSignedAgainEvenWhileNothingCanBeRead(int looksAtTheClock) {
        ZoneSigner signer =
                new ZoneSigner(List.of(SigningKey.generate(NAMES, SigningAlgorithm.ED25519, CoreWorld.START)));
        VisibilityPolicy policy =
                VisibilityPolicy.builder().group(Set.of(ALICE)).build();
        Core signing = world.core(world.builder().signWith(signer).visibility(policy));
        Device device = device(peer(ALICE, HOME));
        signing.follower().read(Optional.empty(), device, DeviceDifference.between(device, device));

        world.wallAhead = Duration.ofHours(-2);
        world.clockWorks = looksAtTheClock;
        signing.follower().failed(CoreWorld.timedOut(), 1);
        world.clockWorks = Integer.MAX_VALUE;
        signing.follower().failed(CoreWorld.timedOut(), 2);

        assertThat(signer.validFrom(signing.zone().orElseThrow()).orElseThrow()).isBefore(world.now());
    }

    @Test
    void answersAreAheadOfTheSerialAndTransfersAreNot() {
        for (int port = 1; port <= 4; port++) {
            world.change(device(peer(ALICE, Endpoint.parse("203.0.113.1:" + port))));
        }

        assertThat(CoreWorld.portOf(world.ask(NAMES.instance(ALICE), CoreWorld.THIS_HOST)))
                .isEqualTo(4);
        assertThat(world.transferredPort()).isEqualTo(3);
        world.nanos += Duration.ofMillis(500).toNanos();
        world.read(device(peer(ALICE, Endpoint.parse("203.0.113.1:4"))));
        assertThat(world.transferredPort()).isEqualTo(4);
    }

    @Test
    void aHandshakeThatNobodyCanReadDoesNotGrowOld() {
        world.reconfigure(world.builder().advertiser(Advertiser.ofAllPeers().withMaxAge(Duration.ofMinutes(3))));
        world.read(device(peer(ALICE, HOME).withStatistics(PeerStatistics.of(CoreWorld.START, 1, 1))));

        world.fail(Duration.ofMinutes(10));
        world.fail(Duration.ofMinutes(10));

        assertThat(world.ask(NAMES.instance(ALICE), CoreWorld.THIS_HOST).getRcode())
                .isEqualTo(Rcode.NOERROR);
    }

    @Test
    void aChangeThatCouldNotBePublishedIsPublishedWithTheNextReading() {
        Device home = device(peer(ALICE, HOME));
        Device away = device(peer(ALICE, AWAY));
        world.read(home);

        world.clockFails = true;
        world.core.follower().read(Optional.of(home), away, DeviceDifference.between(home, away));
        world.clockFails = false;
        world.read(away);

        assertThat(CoreWorld.portOf(world.ask(NAMES.instance(ALICE), CoreWorld.THIS_HOST)))
                .isEqualTo(AWAY.port());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noMatterHowFarItGotBefore(int looksAtTheClock) {
        world.reconfigure(world.builder()
                .visibility(VisibilityPolicy.builder().group(Set.of(ALICE)).build()));
        world.read(device(peer(ALICE, HOME)));

        world.clockWorks = looksAtTheClock;
        world.change(device(peer(ALICE, AWAY)));
        world.clockWorks = Integer.MAX_VALUE;
        world.read(device(peer(ALICE, AWAY)));

        assertThat(CoreWorld.portOf(world.ask(NAMES.instance(ALICE), CoreWorld.THIS_HOST)))
                .isEqualTo(AWAY.port());
    }
}
