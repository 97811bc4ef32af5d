package io.wgsd.discovery.decide.session;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.NOON;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which growth of the counters shows that a peer has answered a datagram. */
class ProbesTest {

    /** Bytes sent and received after the datagram, after how many milliseconds. */
    @ParameterizedTest
    @CsvSource({
        "64, 96, 80, true", // IPv4
        "80, 128, 80, true", // IPv6
        "160, 160, 80, true", // the other side's datagram has crossed it, and was answered
        "256, 224, 80, true", // two of them
        "64, 0, 80, false",
        "64, 32, 80, false", // a keepalive
        "64, 92, 80, false", // a response
        "64, 128, 80, false", // longer than any answer
        "192, 128, 80, false", // a ping of theirs, and this host's answer
        "64, 64, 80, false", // their datagram, which this host did not answer
        "96, 96, 80, false", // nothing that was sent is as long as the datagram
        "160, 96, 80, false", // a keepalive and their datagram, which was answered
        "148, 92, 80, false", // a handshake
        "64, 96, 1200, true",
        "64, 96, 1201, false" // too late for an answer
    })
    void onlyAnAnswerIsTakenForOne(long sent, long received, long millis, boolean answered) {
        Probes probes = answered(Probes.none(), NOW, sent, received, millis);
        assertThat(probes.isKnownToAnswer(NOW.plus(Duration.ofMillis(millis)))).isEqualTo(answered);
    }

    /** What came may be the handshake's own messages, which are sometimes as long as an answer. */
    @Test
    void nothingCountsOnceTheHandshakeIsAnotherOne() {
        Moment later = NOW.plus(Duration.ofMillis(80));
        Peer renewed = peer(ALICE, "").withStatistics(PeerStatistics.of(NOON.plusSeconds(1), 5096, 1064));
        Probes probes = Probes.none().sent(read(1000, 5000), NOW, false).read(read(1000, 5000), renewed, later);
        assertThat(probes.isKnownToAnswer(later)).isFalse();

        Peer next = renewed.withStatistics(PeerStatistics.of(NOON.plusSeconds(1), 5192, 1064));
        assertThat(probes.read(renewed, next, later).isKnownToAnswer(later)).isFalse();
    }

    @Test
    void whatComesInPiecesIsNoAnswer() {
        Moment later = NOW.plus(Duration.ofMillis(80));
        Probes probes = Probes.none()
                .sent(read(1000, 5000), NOW, false)
                .read(read(1000, 5000), read(1064, 5032), NOW)
                .read(read(1064, 5032), read(1064, 5096), later);
        assertThat(probes.isKnownToAnswer(later)).isFalse();
    }

    @Test
    void theOtherSidesDatagramMayComeBeforeTheAnswer() {
        Moment later = NOW.plus(Duration.ofMillis(80));
        Probes probes = Probes.none()
                .sent(read(1000, 5000), NOW, false)
                .read(read(1000, 5000), read(1160, 5064), NOW)
                .read(read(1160, 5064), read(1160, 5160), later);
        assertThat(probes.isKnownToAnswer(later)).isTrue();
    }

    @Test
    void onlyTwoAnswersAreSure() {
        Moment second = NOW.plus(Duration.ofMinutes(9));
        Probes once = answered(Probes.none(), NOW, 64, 96, 80);
        assertThat(once.isSureToAnswer(NOW.plus(Duration.ofMillis(80)))).isFalse();
        assertThat(answered(once, second, 64, 96, 80).isSureToAnswer(second)).isTrue();
    }

    @Test
    void anAnswerThatIsForgottenDoesNotCountAnyMore() {
        Moment second = NOW.plus(Duration.ofMinutes(11));
        Probes again = answered(answered(Probes.none(), NOW, 64, 96, 80), second, 64, 96, 80);
        assertThat(again.isKnownToAnswer(second)).isTrue();
        assertThat(again.isSureToAnswer(second)).isFalse();
    }

    private static Probes answered(Probes before, Moment at, long sent, long received, long millis) {
        Peer asked = read(1000, 5000);
        return before.sent(asked, at, false)
                .read(asked, read(1000 + sent, 5000 + received), at.plus(Duration.ofMillis(millis)));
    }

    private static Peer read(long tx, long rx) {
        return peer(ALICE, "").withStatistics(PeerStatistics.of(NOON, rx, tx));
    }
}
