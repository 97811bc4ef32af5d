package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.device;
import static io.wgsd.server.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a registry is, by {@link Core#health}; sockets and threads are tested in {@link RegistryTest}. */
class RegistryHealthTest {

    private static final List<InetSocketAddress> HERE = List.of(new InetSocketAddress("127.0.0.1", 53));

    private final CoreWorld world = new CoreWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void beforeTheFirstReadingItIsNotReadyAndARestartWouldNotHelp() {
        assertThat(health().isReady()).isFalse();
        assertThat(health().isServingFresh()).isFalse();
        assertThat(health().staleSince()).isEmpty();
        assertThat(health().wouldRestartHelp()).isFalse();
    }

    @Test
    void afterAReadingItServesWhatIsFresh() {
        world.read(device(peer(ALICE, HOME)));
        assertThat(health().isServingFresh()).isTrue();
        assertThat(health().readingError()).isEmpty();
        assertThat(health().listening()).isEqualTo(HERE);
    }

    @Test
    void aDeviceThatCannotBeReadMakesItStaleFiveSecondsAfterTheLastReading() {
        world.read(device(peer(ALICE, HOME)));
        Instant readAt = world.now();
        world.fail(Duration.ofSeconds(60));
        assertThat(health().staleSince()).contains(readAt.plusSeconds(5));
        assertThat(health().isExpired()).isFalse();
        assertThat(health().isServingFresh()).isFalse();
        assertThat(health().readingError()).isPresent();
    }

    @Test
    void aRestartDoesNotHelpWhileReadingsFail() {
        world.read(device(peer(ALICE, HOME)));
        world.fail(Duration.ofHours(1));
        assertThat(health().isExpired()).isTrue();
        assertThat(health().wouldRestartHelp()).isFalse();
    }

    @Test
    void aRestartHelpsWhereAReadingNeverEnds() {
        world.read(device(peer(ALICE, HOME)));
        world.nanos += Duration.ofMinutes(2).toNanos();
        assertThat(health().isStuck()).isFalse();
        world.nanos += Duration.ofSeconds(4).toNanos();
        assertThat(health().isStuck()).isTrue();
        assertThat(health().wouldRestartHelp()).isTrue();
    }

    @Test
    void aRestartHelpsAfterAnErrorThatHasEndedAThread() {
        world.read(device(peer(ALICE, HOME)));
        Error error = new OutOfMemoryError("a test");
        world.core.fatalErrors().report(error);
        assertThat(health().fatalError()).contains(error);
        assertThat(health().isServingFresh()).isFalse();
        assertThat(health().wouldRestartHelp()).isTrue();
    }

    @Test
    void aReadingMakesItHealthyAgain() {
        world.read(device(peer(ALICE, HOME)));
        world.fail(Duration.ofHours(1));
        world.read(device(peer(ALICE, HOME)));
        assertThat(health().isServingFresh()).isTrue();
        assertThat(health().readingError()).isEmpty();
        assertThat(health().staleSince()).isEmpty();
    }

    private RegistryHealth health() {
        return world.core.health(HERE);
    }
}
