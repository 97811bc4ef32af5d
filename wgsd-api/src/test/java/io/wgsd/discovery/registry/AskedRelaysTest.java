package io.wgsd.discovery.registry;

import static io.wgsd.discovery.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.Samples;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a registry is asked for its relays. */
class AskedRelaysTest {

    private static final RelayAdvertisement RELAY =
            new RelayAdvertisement(Samples.key(50), List.of(Endpoint.parse("192.0.2.1:443")));

    private final AskedRelays relays = new AskedRelays();

    @Test
    void itIsAskedAtTheStartAndEveryFewMinutes() {
        assertThat(relays.isDue(NOW)).isTrue();
        relays.asked(NOW);
        assertThat(relays.answered(List.of(RELAY))).isTrue();
        assertThat(relays.answered(List.of(RELAY))).isFalse();
        assertThat(relays.isDue(after(179))).isFalse();
        assertThat(relays.isDue(after(180))).isTrue();
        assertThat(relays.announced()).containsExactly(RELAY);
    }

    @Test
    void aQuestionThatIsNotAnsweredYetIsNotAskedAgain() {
        relays.asked(NOW);
        relays.hurry();
        assertThat(relays.isDue(after(1000))).isFalse();
    }

    @Test
    void afterAFailureItIsAskedAgainSoonAndWhatItSaidStays() {
        relays.asked(NOW);
        relays.answered(List.of(RELAY));
        relays.asked(NOW);
        relays.failed();
        assertThat(relays.announced()).containsExactly(RELAY);
        assertThat(relays.isDue(after(9))).isFalse();
        assertThat(relays.isDue(after(10))).isTrue();
    }

    @Test
    void itIsAskedAtOnceWhenItHasComeUp() {
        relays.asked(NOW);
        relays.failed();
        relays.hurry();
        assertThat(relays.isDue(NOW)).isTrue();
    }

    @Test
    void itIsAskedSoonAboutARelayThatIsNotKnownButNotAgainAndAgain() {
        relays.asked(NOW);
        relays.answered(List.of());
        relays.want();
        assertThat(relays.isDue(after(9))).isFalse();
        assertThat(relays.isDue(after(10))).isTrue();
    }

    private static Moment after(int seconds) {
        return NOW.plus(Duration.ofSeconds(seconds));
    }
}
