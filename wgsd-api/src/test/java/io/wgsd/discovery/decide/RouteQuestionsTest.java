package io.wgsd.discovery.decide;

import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.discovery.decide.session.Session;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Before a decision, which peers need the question whether datagrams reach them through the tunnel. Every {@link
 * History} tests that a decision needs no other answer.
 */
class RouteQuestionsTest {

    private static final PublicKey PEER = key(60);
    private static final Endpoint HERE = Endpoint.parse("203.0.113.2:2000");
    private static final Endpoint ELSEWHERE = Endpoint.parse("198.51.100.9:9");

    private Moment now = NOW;
    private AgentMemory state = AgentMemory.initial(7, NOW);
    private Set<PublicKey> kept = Set.of();
    private Map<PublicKey, List<Candidate>> candidates = Map.of();

    @Test
    void aPeerWithALiveSessionIsNotAskedAbout() {
        assertThat(questions(shaken(10))).isEmpty();
        decides(shaken(10));
        now = now.plus(Duration.ofSeconds(1));
        assertThat(questions(shaken(11))).isEmpty();
    }

    @Test
    void aPeerWithALiveSessionWhereItIsAdvertisedIsNotAskedAbout() {
        advertised(HERE, ELSEWHERE);
        assertThat(questions(shaken(10))).isEmpty();
    }

    @Test
    void aPeerWithALiveSessionIsAskedAboutWhereThereIsNewsOfIt() {
        advertised(ELSEWHERE);
        assertThat(questions(shaken(10))).containsExactly(PEER);
    }

    @Test
    void aPeerWhoseOldSessionIsToBeRenewedIsAskedAbout() {
        assertThat(questions(shaken(155))).containsExactly(PEER);
    }

    @Test
    void aPeerWhoseSessionDiesWithThisReadingIsAskedAbout() {
        decides(shaken(10));
        now = now.plus(Session.LIFETIME);
        assertThat(questions(shaken(190))).containsExactly(PEER);
    }

    @Test
    void aPeerWithoutASessionIsAskedAboutOnceItIsAdvertised() {
        Peer peer = Peer.builder(PEER).endpoint(HERE).build();
        assertThat(questions(peer)).isEmpty();
        advertised(ELSEWHERE);
        assertThat(questions(peer)).containsExactly(PEER);
    }

    @Test
    void aPeerThatIsKeptIsNeverAskedAbout() {
        kept = Set.of(PEER);
        advertised(ELSEWHERE);
        assertThat(questions(shaken(10))).isEmpty();
    }

    @Test
    void aDeviceWithoutAKeyHasNoPeersToAskAbout() {
        advertised(ELSEWHERE);
        Device device = Device.builder("wg0", DeviceKind.KERNEL)
                .peers(List.of(shaken(10)))
                .build();
        assertThat(RouteQuestions.of(state.read(device, now), candidates, kept, RelayNews.none(), now))
                .isEmpty();
    }

    private void advertised(Endpoint... endpoints) {
        candidates = Map.of(
                PEER, List.of(endpoints).stream().map(Candidate::advertised).toList());
    }

    private Set<PublicKey> questions(Peer peer) {
        return RouteQuestions.of(state.read(device(peer), now), candidates, kept, RelayNews.none(), now);
    }

    private void decides(Peer peer) {
        state = DeviceDecider.decide(
                        state,
                        new Observation(
                                device(peer),
                                candidates,
                                kept,
                                Set.of(),
                                true,
                                true,
                                History.ROUND_TRIP,
                                Optional.empty(),
                                now))
                .state();
    }

    /** A peer that shook hands so many seconds before now. */
    private Peer shaken(long secondsAgo) {
        return Peer.builder(PEER)
                .endpoint(HERE)
                .statistics(PeerStatistics.of(now.wall().minusSeconds(secondsAgo), 0, 0))
                .build();
    }

    private static Device device(Peer peer) {
        return Device.builder("wg0", DeviceKind.KERNEL)
                .publicKey(History.OWN)
                .listenPort(51820)
                .peers(List.of(peer))
                .build();
    }
}
