package io.wgsd.server.zone;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.AWAY;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.Samples.OPTIONS;
import static io.wgsd.server.Samples.device;
import static io.wgsd.server.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.Zone;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.server.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

class ZoneKeeperTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final List<IpAddress> HERE = List.of(IpAddress.parse("10.0.0.254"));

    private final List<String> notices = new ArrayList<>();
    private Instant now = START;
    private Duration wallAhead = Duration.ZERO;
    private final ZoneKeeper keeper = keeper(Advertiser.ofAllPeers(), OptionalLong.empty());

    @Test
    void theFirstReadingMakesAZoneAtOnce() {
        assertThat(update(device()))
                .hasValueSatisfying(zone -> assertThat(zone.serial()).isEqualTo(START.getEpochSecond()));
    }

    @Test
    void aReadingWithoutNewsMakesNone() {
        keeper.update(device(peer(ALICE, HOME)), true, HERE);

        pass(Duration.ofSeconds(5));
        assertThat(keeper.update(device(peer(ALICE, HOME)), false, HERE)).isEmpty();
    }

    @Test
    void handshakesAndCountersAreNoNews() {
        keeper.update(device(peer(ALICE, HOME)), true, HERE);
        Peer later = peer(ALICE, HOME).withStatistics(PeerStatistics.of(now, 1, 1));

        pass(Duration.ofSeconds(5));
        assertThat(keeper.update(device(later), true, HERE)).isEmpty();
    }

    @Test
    void aChangedEndpointIsServedAtOnceWithAGreaterSerial() {
        Zone first = update(device(peer(ALICE, HOME))).orElseThrow();
        Zone second = update(device(peer(ALICE, AWAY))).orElseThrow();

        assertThat(second.serial()).isEqualTo(first.serial() + 1);
        assertThat(portOf(second)).isEqualTo(AWAY.port());
    }

    @Test
    void aPeerThatAlternatesIsHeldWhereItWasAndTheOperatorIsNotified() {
        for (int i = 0; i < 20; i++) {
            update(device(peer(ALICE, i % 2 == 0 ? HOME : AWAY)));
            pass(Duration.ofSeconds(2));
        }

        Zone held = update(device(peer(ALICE, HOME))).orElse(null);

        assertThat(held).as("a new zone").isNull();
        assertThat(notices).singleElement().asString().contains("peer " + ALICE + " alternates between");
    }

    @Test
    void aPeerThatAlternatedIsServedWhereItCameToRestThoughNothingChanged() {
        for (int i = 0; i < 20; i++) {
            update(device(peer(ALICE, i % 2 == 0 ? HOME : AWAY)));
            pass(Duration.ofSeconds(2));
        }
        update(device(peer(ALICE, HOME)));

        pass(Duration.ofSeconds(61));

        assertThat(again(device(peer(ALICE, HOME))))
                .hasValueSatisfying(zone -> assertThat(portOf(zone)).isEqualTo(HOME.port()));
    }

    @Test
    void theSerialFollowsTheClock() {
        update(device(peer(ALICE, HOME)));
        pass(Duration.ofMinutes(1));

        assertThat(update(device()).orElseThrow().serial())
                .isEqualTo(START.plusSeconds(60).getEpochSecond());
    }

    @Test
    void theSerialNeverGoesBackBehindAnEarlierRun() {
        ZoneKeeper later = keeper(Advertiser.ofAllPeers(), OptionalLong.of(START.getEpochSecond() + 1000));

        assertThat(later.update(device(), true, HERE).orElseThrow().zone().serial())
                .isEqualTo(START.getEpochSecond() + 1001);
    }

    @Test
    void changesInARowAreAllServedAtOnceAndSerialsAreFew() {
        int numbered = 0;
        for (int port = 1; port <= 40; port++) {
            ZoneVersion version =
                    keeper.update(device(peer(ALICE, at(port))), true, HERE).orElseThrow();
            assertThat(portOf(version.zone())).isEqualTo(port);
            numbered += version.numbered() ? 1 : 0;
            pass(Duration.ofMillis(250));
        }

        assertThat(numbered).isBetween(20, 22);
    }

    @Test
    void aZoneThatIsAheadOfItsSerialGetsAnotherWithinHalfASecond() {
        for (int port = 1; port <= 3; port++) {
            update(device(peer(ALICE, at(port))));
        }
        Zone ahead = update(device(peer(ALICE, at(4)))).orElseThrow();
        assertThat(again(device(peer(ALICE, at(4))))).isEmpty();

        pass(Duration.ofMillis(500));

        ZoneVersion version =
                keeper.update(device(peer(ALICE, at(4))), false, HERE).orElseThrow();
        assertThat(version.numbered()).isTrue();
        assertThat(version.zone().serial()).isEqualTo(ahead.serial() + 1);
        assertThat(portOf(version.zone())).isEqualTo(4);
        pass(Duration.ofSeconds(10));
        assertThat(again(device(peer(ALICE, at(4))))).isEmpty();
    }

    @Test
    void onePeerThatDoesNotRestDelaysNobodyElse() {
        for (int port = 1; port <= 40; port++) {
            update(device(peer(BOB, at(port))));
            pass(Duration.ofMillis(50));
        }

        assertThat(update(device(peer(ALICE, HOME), peer(BOB, at(41)))))
                .hasValueSatisfying(zone -> assertThat(portOf(zone)).isEqualTo(HOME.port()));
    }

    @Test
    void anEndpointIsDatedFromWhenItWasSeen() {
        update(device(peer(ALICE, HOME)));
        for (int port = 1; port <= 2; port++) {
            update(device(peer(ALICE, at(port))));
        }
        Device changed = device(peer(ALICE, AWAY));
        Instant seen = now;
        update(changed);
        pass(Duration.ofSeconds(3));

        Zone zone = again(changed).orElseThrow();

        TXTRecord text = (TXTRecord) record(zone, Type.TXT);
        assertThat(text.getStrings()).contains("since=" + seen.getEpochSecond());
    }

    @Test
    void aClockThatIsSetForwardMakesNoPeerOld() {
        ZoneKeeper strict = keeper(Advertiser.ofAllPeers().withMaxAge(Duration.ofSeconds(10)), OptionalLong.empty());
        Device device = device(peer(BOB, HOME).withStatistics(PeerStatistics.of(now, 1, 1)));
        strict.update(device, true, HERE);

        wallAhead = Duration.ofHours(1);
        pass(Duration.ofSeconds(9));

        assertThat(strict.update(device, false, HERE)).isEmpty();
    }

    @Test
    void aClockThatIsSetBackKeepsNoPeerYoung() {
        ZoneKeeper strict = keeper(Advertiser.ofAllPeers().withMaxAge(Duration.ofSeconds(10)), OptionalLong.empty());
        Device device = device(peer(BOB, HOME).withStatistics(PeerStatistics.of(now, 1, 1)));
        strict.update(device, true, HERE);

        wallAhead = Duration.ofHours(-1);
        pass(Duration.ofSeconds(11));

        assertThat(strict.update(device, false, HERE))
                .hasValueSatisfying(version ->
                        assertThat(version.zone().find(NAMES.instance(BOB))).isEmpty());
    }

    @Test
    void aPeerWhoseHandshakeGrowsTooOldIsWithdrawnThoughNothingChanged() {
        ZoneKeeper strict = keeper(Advertiser.ofAllPeers().withMaxAge(Duration.ofSeconds(10)), OptionalLong.empty());
        Device device = device(peer(BOB, HOME).withStatistics(PeerStatistics.of(now, 1, 1)));
        strict.update(device, true, HERE);

        pass(Duration.ofSeconds(11));

        assertThat(strict.update(device, false, HERE))
                .hasValueSatisfying(version ->
                        assertThat(version.zone().find(NAMES.instance(BOB))).isEmpty());
    }

    @Test
    void theNameServerIsWhereTheRegistryListens() {
        Zone zone = update(device()).orElseThrow();

        assertThat(zone.find(Samples.name("ns1.example.com")).orElseThrow().rrset(Type.A))
                .singleElement()
                .extracting(Record::rdataToString)
                .isEqualTo("10.0.0.254");
    }

    @Test
    void anotherListenAddressIsNews() {
        update(device());

        assertThat(keeper.update(device(), false, List.of())).isPresent();
    }

    private ZoneKeeper keeper(Advertiser advertiser, OptionalLong previousSerial) {
        return new ZoneKeeper(
                new ZoneSettings(OPTIONS, advertiser, new ZoneSigning(Optional.empty())),
                previousSerial,
                () -> now.plus(wallAhead),
                () -> Duration.between(START, now).toNanos(),
                notices::add);
    }

    private Optional<Zone> update(Device device) {
        return keeper.update(device, true, HERE).map(ZoneVersion::zone);
    }

    private Optional<Zone> again(Device device) {
        return keeper.update(device, false, HERE).map(ZoneVersion::zone);
    }

    private static Endpoint at(int port) {
        return Endpoint.parse("203.0.113.1:" + port);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static int portOf(Zone zone) {
        return ((SRVRecord) record(zone, Type.SRV)).getPort();
    }

    private static Record record(Zone zone, int type) {
        return zone.find(NAMES.instance(ALICE)).orElseThrow().rrset(type).get(0);
    }
}
