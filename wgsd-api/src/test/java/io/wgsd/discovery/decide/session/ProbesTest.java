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
        Moment later = NOW.plus(Duration.ofMillis(millis));
        Probes probes =
                Probes.none().sent(read(1000, 5000), NOW, false).read(read(1000 + sent, 5000 + received), later);
        assertThat(probes.isKnownToAnswer(later)).isEqualTo(answered);
    }

    private static Peer read(long tx, long rx) {
        return peer(ALICE, "").withStatistics(PeerStatistics.of(NOON, rx, tx));
    }
}
