package io.wgsd.command.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.command.explain.Probes.Answer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TunnelProbeTest {

    private static final int MTU = 1420;

    private final Host host = new Host();

    @Test
    void aHostThatAnswersAtOnceIsAskedOnceForEachSize() throws Exception {
        Probes probes = probe();

        assertThat(probes.small()).isEqualTo(Answer.ANSWERED);
        assertThat(probes.full()).isEqualTo(Answer.ANSWERED);
        assertThat(host.sizes).containsExactly(1, MTU - 28);
    }

    @Test
    void aHostThatAnswersOnceASecondIsNotTakenForANarrowPath() throws Exception {
        host.answersLeft = 1;

        assertThat(probe().full()).isEqualTo(Answer.ANSWERED);
    }

    @Test
    void aHostThatHasAnsweredOftenJustBeforeIsNotTakenForASilentOne() throws Exception {
        host.answersLeft = 0;

        assertThat(probe().small()).isEqualTo(Answer.ANSWERED);
    }

    @Test
    void whatIsLargeAndNeverArrivesIsSilence() throws Exception {
        host.most = 1300;

        Probes probes = probe();

        assertThat(probes.isOnlySmall()).isTrue();
        assertThat(host.now).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void whereNothingCanBeSentNothingIsSilent() throws Exception {
        host.isRouted = false;

        Probes probes = probe();

        assertThat(probes.small()).isEqualTo(Answer.NOT_SENT);
        assertThat(probes.echo()).isEmpty();
    }

    private Probes probe() throws Exception {
        return new TunnelProbe(host).probe(Probes.none(), InetAddress.getByName("10.0.0.2"), MTU);
    }

    /** A host whose kernel answers a burst, and then once a second (icmp.c, icmpv4_xrlim_allow). */
    private static final class Host implements TunnelProbe.Discard {

        private final List<Integer> sizes = new ArrayList<>();
        private Duration now = Duration.ZERO;
        private Duration filled = Duration.ZERO;
        private int answersLeft = 6;
        private int most = MTU;
        private boolean isRouted = true;

        @Override
        public Answer ask(InetAddress address, int size, Duration patience) {
            if (!isRouted) {
                return Answer.NOT_SENT;
            }
            sizes.add(size);
            while (now.minus(filled).compareTo(Duration.ofSeconds(1)) >= 0) {
                filled = filled.plusSeconds(1);
                answersLeft = Math.min(6, answersLeft + 1);
            }
            if (size > most - 28 || answersLeft == 0) {
                now = now.plus(patience);
                return Answer.SILENT;
            }
            answersLeft--;
            now = now.plusMillis(3);
            return Answer.ANSWERED;
        }

        @Override
        public boolean isEchoed(InetAddress address, Duration patience) {
            return false;
        }

        @Override
        public Duration now() {
            return now;
        }

        @Override
        public void pause(Duration time) {
            now = now.plus(time);
        }
    }
}
