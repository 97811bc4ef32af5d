package io.wgsd.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final PublishException AWAY = new PublishException("the primary is away");

    private Instant now = START;
    private final Attempts attempts =
            new Attempts(() -> now, () -> Duration.between(START, now).toNanos());

    @Test
    void beforeTheFirstAttemptNothingIsPublishedAndNothingHasFailed() {
        assertThat(attempts.health().isPublished()).isFalse();
        assertThat(attempts.health().error()).isEmpty();
        assertThat(attempts.stats().attempts()).isZero();
        assertThat(attempts.stats().successAge()).isEmpty();
    }

    @Test
    void writtenPeersAreCounted() {
        attempts.succeeded(3);
        now = now.plusSeconds(5);
        attempts.succeeded(0);
        now = now.plusSeconds(1);

        assertThat(attempts.stats().attempts()).isEqualTo(2);
        assertThat(attempts.stats().peersWritten()).isEqualTo(3);
        assertThat(attempts.stats().successAge()).contains(Duration.ofSeconds(1));
        assertThat(attempts.health().isPublished()).isTrue();
    }

    @Test
    void failuresLastFromTheFirstOneToTheNextSuccess() {
        attempts.succeeded(1);
        now = now.plusSeconds(5);
        attempts.failed(AWAY);
        now = now.plusSeconds(5);
        attempts.failed(AWAY);

        assertThat(attempts.health().failingSince()).contains(START.plusSeconds(5));
        assertThat(attempts.health().error()).contains(AWAY);
        assertThat(attempts.health().isPublished()).isFalse();
        assertThat(attempts.health().wouldRestartHelp()).isFalse();

        attempts.succeeded(0);

        assertThat(attempts.health().failingSince()).isEmpty();
        assertThat(attempts.health().error()).isEmpty();
        assertThat(attempts.stats().lastError()).contains(AWAY);
        assertThat(attempts.stats().failedAttempts()).isEqualTo(2);
    }

    @Test
    void peersThatSomebodyElseHasEnteredAreShown() {
        attempts.passedOver(Set.of(ALICE));
        assertThat(attempts.health().passedOver()).containsExactly(ALICE);
    }

    @Test
    void aRestartHelpsWhereTheThreadHasEnded() {
        Error error = new OutOfMemoryError("a test");
        attempts.succeeded(1);
        attempts.ended(error);
        assertThat(attempts.health().isPublished()).isFalse();
        assertThat(attempts.health().fatalError()).contains(error);
        assertThat(attempts.health().wouldRestartHelp()).isTrue();
    }
}
