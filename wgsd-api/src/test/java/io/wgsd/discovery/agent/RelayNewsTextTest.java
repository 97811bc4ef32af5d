package io.wgsd.discovery.agent;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.key;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.decide.Observation;
import io.wgsd.discovery.decide.relay.KnownRelay;
import io.wgsd.discovery.decide.relay.PeerFacts;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of relays is in a recorded look, in words of its own. */
class RelayNewsTextTest {

    private static final RelayNews NEWS = new RelayNews(
            List.of(
                    new KnownRelay(
                            key(40),
                            List.of(Endpoint.parse("192.0.2.1:443"), Endpoint.parse("[2001:db8::1]:443")),
                            Optional.empty()),
                    new KnownRelay(key(50), List.of(), Optional.of("192.0.2.2:443 is not used: no route"))),
            Map.of(ALICE, new PeerFacts(List.of(key(40), key(50)), Optional.of(NatMapping.ENDPOINT_INDEPENDENT))),
            new PeerFacts(List.of(), Optional.of(NatMapping.DEPENDENT)));

    @Test
    void whatWasWrittenIsReadBack() {
        assertThat(ObservationText.read(ObservationText.write(seen(NEWS))).relays())
                .isEqualTo(NEWS);
    }

    @Test
    void whereNothingIsKnownALookIsAsItWasBeforeThereWereRelays() {
        String line = ObservationText.write(seen(RelayNews.none()));
        assertThat(line.split(" \\| "))
                .hasSize(3)
                .allSatisfy(part -> assertThat(part.split(" ")).hasSize(9));
        assertThat(ObservationText.read(line).relays()).isSameAs(RelayNews.none());
    }

    @Test
    void onlyPeersOfTheDeviceAreWritten() {
        RelayNews news = new RelayNews(List.of(), Map.of(key(7), NEWS.of(ALICE)), PeerFacts.none());
        assertThat(ObservationText.write(seen(news))).isEqualTo(ObservationText.write(seen(RelayNews.none())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"relay x - -", "self - round", "self -", "facts - - -"})
    void whatMakesNoSenseIsRefused(String part) {
        String line = ObservationText.write(seen(RelayNews.none())) + " | " + part;
        assertThatThrownBy(() -> ObservationText.read(line)).isInstanceOf(FormatException.class);
    }

    private static Observation seen(RelayNews news) {
        return new Observation(
                device(peer(ALICE, "", "10.0.0.3/32"), peer(BOB, "", "10.0.0.4/32")),
                Map.of(),
                Set.of(),
                Set.of(),
                true,
                true,
                Duration.ofMillis(80),
                Optional.empty(),
                news,
                Map.of(),
                NOW);
    }
}
