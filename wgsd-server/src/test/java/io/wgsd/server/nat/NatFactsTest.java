package io.wgsd.server.nat;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.device;
import static io.wgsd.server.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NatFactsTest {

    private static final Observer RELAY = new Observer(Set.of(IpAddress.parse("192.0.2.129")), 443);
    private static final NatMapping INDEPENDENT = NatMapping.ENDPOINT_INDEPENDENT;

    private final List<Sighting> sightings = new ArrayList<>();
    private int asked;
    private final NatFacts facts = new NatFacts(new NatSettings(Set.of(IpAddress.parse("192.0.2.1")), () -> {
        asked++;
        return List.copyOf(sightings);
    }));
    private Set<Endpoint> relays = Set.of();
    private long now = 7;
    private long received;

    @Test
    void aPeerThatBothHearAgainAndAgainHasAFact() {
        hear(ALICE, HOME);
        look();
        for (int i = 0; i < 3; i++) {
            assertThat(facts()).isEmpty();
            bothHear(ALICE, HOME);
        }

        assertThat(facts()).isEqualTo(Map.of(ALICE, INDEPENDENT));
    }

    @Test
    void aPeerOfWhichTheDeviceReceivesNothingIsNotHeardByIt() {
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(1));
            hear(ALICE, HOME);
            look();
        }

        assertThat(facts()).isEmpty();
    }

    @Test
    void aPeerThatTheDeviceReceivesByTheRelayIsNotHeardByTheDevice() {
        relays = Set.of(HOME);
        look();
        for (int i = 0; i < 5; i++) {
            bothHear(ALICE, HOME);
        }

        assertThat(facts()).isEmpty();
    }

    @Test
    void whatWasReceivedSinceAnOldReadingMayBeOld() {
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofSeconds(10));
            received++;
            hear(ALICE, HOME);
            look();
        }

        assertThat(facts()).isEmpty();
    }

    @Test
    void theSameSightingIsNoNews() {
        hear(ALICE, HOME);
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMillis(1000));
            received++;
            look();
        }

        assertThat(facts()).isEmpty();
    }

    @Test
    void relaysAreAskedOnceASecond() {
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofMillis(50));
            look();
        }

        assertThat(asked).isEqualTo(5);
    }

    @Test
    void aPeerOfTheOtherFamilyHasTheFactsOfThatOne() {
        look();
        for (int i = 0; i < 5; i++) {
            bothHear(ALICE, HOME);
        }
        assertThat(facts()).isNotEmpty();
        pass(Duration.ofSeconds(1));

        assertThat(facts.look(reading(Endpoint.parse("[2001:db8:a::1]:5")), relays, now))
                .isEmpty();
    }

    @Test
    void aPeerThatIsRemovedIsForgotten() {
        look();
        for (int i = 0; i < 5; i++) {
            bothHear(ALICE, HOME);
        }
        assertThat(facts()).isNotEmpty();
        pass(Duration.ofSeconds(1));
        facts.look(device(), relays, now);
        sightings.clear();
        pass(Duration.ofSeconds(1));

        assertThat(facts()).isEmpty();
    }

    @Test
    void aKeyThatIsNoPeersIsPassedOver() {
        look();
        for (int i = 0; i < 5; i++) {
            bothHear(BOB, HOME);
        }

        assertThat(facts()).isEmpty();
    }

    private Map<PublicKey, NatMapping> facts() {
        return look();
    }

    private void bothHear(PublicKey key, Endpoint source) {
        pass(Duration.ofSeconds(10));
        look();
        pass(Duration.ofSeconds(1));
        received++;
        hear(key, source);
        look();
    }

    private void hear(PublicKey key, Endpoint source) {
        sightings.clear();
        sightings.add(new Sighting(key, new Sample(RELAY, source, now)));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Map<PublicKey, NatMapping> look() {
        return facts.look(reading(HOME), relays, now);
    }

    private Device reading(Endpoint endpoint) {
        return device(peer(ALICE, endpoint).withStatistics(PeerStatistics.of(null, received, 0)));
    }
}
