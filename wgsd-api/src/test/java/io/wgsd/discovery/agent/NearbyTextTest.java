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
import io.wgsd.discovery.decide.local.Nearby;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What peers have registered of themselves is in a recorded look, in words of its own. */
class NearbyTextTest {

    private static final Map<PublicKey, Nearby> KNOWN = Map.of(
            ALICE,
            new Nearby(
                    List.of(Endpoint.parse("192.168.1.7:51820"), Endpoint.parse("[fd00::7]:51820")),
                    List.of(Endpoint.parse("[2001:db8::7]:51820")),
                    false),
            BOB,
            Nearby.whileAwaited());

    @Test
    void whatWasWrittenIsReadBack() {
        assertThat(ObservationText.read(ObservationText.write(seen(KNOWN))).nearby())
                .isEqualTo(KNOWN);
    }

    @Test
    void onlyPeersOfTheDeviceAreWritten() {
        assertThat(ObservationText.write(seen(Map.of(key(7), Nearby.whileAwaited()))))
                .isEqualTo(ObservationText.write(seen(Map.of())));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        String line = ObservationText.write(seen(Map.of()));
        assertThatThrownBy(() -> ObservationText.read(line + " | nearby " + ALICE.toBase64() + " here - false"))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> ObservationText.read(line + " | nearby " + ALICE.toBase64()))
                .isInstanceOf(FormatException.class);
    }

    private static Observation seen(Map<PublicKey, Nearby> nearby) {
        return new Observation(
                device(peer(ALICE, "", "10.0.0.3/32"), peer(BOB, "", "10.0.0.4/32")),
                Map.of(),
                Set.of(),
                Set.of(),
                true,
                true,
                Duration.ofMillis(80),
                Optional.empty(),
                RelayNews.none(),
                nearby,
                NOW);
    }
}
