package io.wgsd.server.zone;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.Samples.OPTIONS;
import static io.wgsd.server.Samples.device;
import static io.wgsd.server.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.model.Endpoint;
import io.wgsd.server.Samples;
import io.wgsd.server.VisibilityPolicy;
import io.wgsd.server.answer.access.Views;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** When a registry signs: with each change, and when signatures grow old although nothing changes. */
class ZoneSigningTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final ZoneSigner SIGNER =
            new ZoneSigner(List.of(SigningKey.generate(NAMES, SigningAlgorithm.ED25519, START)));

    private Instant now = START;
    private Duration wallAhead = Duration.ZERO;
    private final ZoneSigning signatures = new ZoneSigning(Optional.of(SIGNER));
    private final ZoneKeeper keeper = new ZoneKeeper(
            new ZoneSettings(OPTIONS, Advertiser.ofAllPeers(), signatures),
            OptionalLong.empty(),
            () -> now.plus(wallAhead),
            () -> Duration.between(START, now).toNanos(),
            notice -> {});

    @Test
    void theZoneIsSignedFromTheFirst() {
        assertThat(keeper.update(device(peer(ALICE, HOME)), true, List.of()))
                .hasValueSatisfying(news -> assertThat(news.zone().isSigned()).isTrue());
    }

    @Test
    void signaturesThatGrowOldMakeANewZone() {
        Zone first = read(true).orElseThrow();

        now = SIGNER.due(first).orElseThrow().minusSeconds(1);
        assertThat(read(false)).isEmpty();
        now = now.plusSeconds(1);
        Zone second = read(false).orElseThrow();

        assertThat(second.serial()).isGreaterThan(first.serial());
        assertThat(SIGNER.due(second).orElseThrow()).isAfter(now);
    }

    @Test
    void aClockThatIsSetBackBehindTheSignaturesMakesANewZoneAtOnce() {
        Zone first = read(true).orElseThrow();

        wallAhead = Duration.ofDays(-2);
        Zone second = read(false).orElseThrow();

        assertThat(SIGNER.validFrom(second).orElseThrow()).isBefore(now.plus(wallAhead));
        assertThat(second.serial()).isGreaterThan(first.serial());
        assertThat(read(false)).isEmpty();
    }

    @Test
    void itIsSignedAgainThoughNothingCanBeRead() {
        read(true);

        wallAhead = Duration.ofDays(-2);

        assertThat(keeper.isSignatureDue()).isTrue();
        assertThat(keeper.update(device(peer(ALICE, HOME)), List.of()))
                .hasValueSatisfying(news ->
                        assertThat(SIGNER.validFrom(news.zone()).orElseThrow()).isBefore(now.plus(wallAhead)));
    }

    @Test
    void aZoneAheadOfItsSerialIsSigned() {
        read(true);
        ZoneVersion news = null;
        for (int port = 1; port <= 3; port++) {
            news = keeper.update(device(peer(ALICE, Endpoint.parse("203.0.113.1:" + port))), true, List.of())
                    .orElseThrow();
        }

        assertThat(news.numbered()).isFalse();
        assertThat(news.zone().find(NAMES.instance(ALICE)).orElseThrow().signatures(Type.SRV))
                .isNotEmpty();
    }

    @Test
    void aViewIsSignedAgainWithoutAnythingHiddenInIt() {
        VisibilityPolicy policy =
                VisibilityPolicy.builder().group(Set.of(ALICE)).build();
        ViewKeeper views = new ViewKeeper(Samples.rules(policy), true, signatures, () -> now);
        List<Advertisement> peers = List.of(
                Advertisement.builder(ALICE).endpoint(HOME).build(),
                Advertisement.builder(BOB).endpoint(HOME).build());
        Journal whole = Journal.of(signatures.sign(Zone.of(OPTIONS, peers, 1), List.of(), now));

        Views<Journal> before =
                views.views(new ZoneVersion(whole, OPTIONS, peers, List.of(), true), Optional.empty(), true);
        assertThat(views.isDue()).isFalse();
        now = now.plus(Duration.ofDays(7));
        assertThat(views.isDue()).isTrue();
        Views<Journal> after =
                views.views(new ZoneVersion(whole, OPTIONS, peers, List.of(), true), Optional.empty(), true);

        assertThat(views.isDue()).isFalse();
        assertThat(zone(after).find(NAMES.instance(BOB))).isEmpty();
        assertThat(zone(after).records().map(Object::toString)).noneMatch(record -> record.contains(BOB.toBase32()));
        assertThat(zone(after).serial()).isGreaterThan(zone(before).serial());
    }

    private Optional<Zone> read(boolean changed) {
        return keeper.update(device(peer(ALICE, HOME)), changed, List.of()).map(ZoneVersion::zone);
    }

    private static Zone zone(Views<Journal> views) {
        return views.peers().get(ALICE).zone();
    }
}
