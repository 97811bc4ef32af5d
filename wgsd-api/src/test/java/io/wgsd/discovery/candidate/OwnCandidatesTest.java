package io.wgsd.discovery.candidate;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.CandidateSource;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What sources of candidates say together, and when they are asked. */
class OwnCandidatesTest {

    private static final Device DEVICE = device(peer(ALICE, "", "10.0.0.3/32", "0.0.0.0/0"));
    private static final Endpoint LAN = Endpoint.parse("192.168.1.7:51820");
    private static final Endpoint SEEN = Endpoint.parse("203.0.113.1:40000");

    private final List<Endpoint> found = new ArrayList<>(List.of(LAN));
    private final Asked source = new Asked();
    private final AtomicInteger wakes = new AtomicInteger();
    private final OwnCandidates own = new OwnCandidates(List.of(source), Thread::new, wakes::incrementAndGet);

    private final class Asked implements CandidateSource {

        private int questions;
        private Runnable changed = () -> {};
        private boolean closed;

        @Override
        public void start(ThreadFactory threads, Runnable whenChanged) {
            changed = whenChanged;
        }

        @Override
        public List<Endpoint> candidates(Situation situation) {
            questions++;
            return List.copyOf(found);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void aSourceIsAskedAgainAfterFiveSecondsAndWhenTheNetworkChanges() {
        assertThat(at(Duration.ZERO)).containsExactly(LAN);
        at(Duration.ofMillis(4_999));
        assertThat(source.questions).isEqualTo(1);

        at(Duration.ofSeconds(5));
        assertThat(source.questions).isEqualTo(2);

        own.changed();
        at(Duration.ofSeconds(5));
        assertThat(source.questions).isEqualTo(3);
    }

    @Test
    void aSourceThatKnowsMoreIsAskedAtOnce() {
        at(Duration.ZERO);
        found.add(Endpoint.parse("203.0.113.1:51820"));

        source.changed.run();

        assertThat(wakes).hasValue(1);
        assertThat(at(Duration.ofMillis(1))).hasSize(2);
    }

    @Test
    void eightAtMostAreTakenAndNoneTwice() {
        found.add(LAN);
        IntStream.range(0, 20).forEach(i -> found.add(Endpoint.parse("192.168.2." + i + ":51820")));

        assertThat(at(Duration.ZERO)).hasSize(8).startsWith(LAN).doesNotHaveDuplicates();
    }

    @Test
    void whatIsInsideTheTunnelOrSeenAnywayIsNotTaken() {
        found.addAll(List.of(
                Endpoint.parse("10.0.0.3:51820"),
                Endpoint.parse("127.0.0.1:51820"),
                Endpoint.parse("192.168.1.7:1023"),
                SEEN));

        assertThat(at(Duration.ZERO)).containsExactly(LAN);
    }

    @Test
    void closingClosesTheSources() {
        own.close();

        assertThat(source.closed).isTrue();
    }

    private List<Endpoint> at(Duration later) {
        Moment moment = NOW.plus(later);
        return own.of(DEVICE, Optional.of(SEEN), moment);
    }
}
