package io.wgsd.command.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NewestMembersTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant SLOW = NOW.minus(Duration.ofDays(1));
    private static final Instant LATE = NOW.plus(Duration.ofDays(40));

    private final SignedLists lists = new SignedLists();
    private final NewestMembers newest = new NewestMembers();

    @Test
    void aListThatIsNewerTakesThePlaceOfTheOneBefore() throws UnfitZoneException {
        VerifiedNetwork first = lists.next(NOW);
        VerifiedNetwork second = lists.next(NOW);

        assertThat(newest.offer(first, NOW)).isTrue();
        newest.take(first);
        assertThat(newest.offer(first, NOW)).isFalse();
        assertThat(newest.offer(second, NOW)).isTrue();
        newest.take(second);
        assertThatThrownBy(() -> newest.offer(first, NOW)).hasMessageContaining("(serial)");
        assertThat(newest.latest()).containsSame(second);
    }

    @Test
    void aListThatIsNotValidYetIsKeptUntilItIs() throws UnfitZoneException {
        VerifiedNetwork list = lists.next(NOW);

        assertThatThrownBy(() -> newest.offer(list, SLOW)).hasMessageContaining("set the clock");

        assertThat(newest.latest()).isEmpty();
        assertThat(newest.due(SLOW)).isEmpty();
        assertThat(newest.due(NOW)).containsSame(list);
        newest.take(list);
        assertThat(newest.due(NOW)).isEmpty();
    }

    @Test
    void ofListsThatAreNotValidYetTheNewestIsKept() throws UnfitZoneException {
        VerifiedNetwork first = lists.next(NOW);
        VerifiedNetwork second = lists.next(NOW);

        for (VerifiedNetwork list : new VerifiedNetwork[] {first, second, first}) {
            assertThatThrownBy(() -> newest.offer(list, SLOW)).hasMessageContaining("(time)");
        }

        assertThat(newest.due(NOW)).containsSame(second);
    }

    @Test
    void aListThatWasKeptNeverTakesThePlaceOfANewerOne() throws UnfitZoneException {
        VerifiedNetwork first = lists.next(NOW);
        VerifiedNetwork second = lists.next(NOW);
        assertThatThrownBy(() -> newest.offer(first, SLOW)).hasMessageContaining("(time)");

        assertThat(newest.offer(second, NOW)).isTrue();
        newest.take(second);

        assertThat(newest.due(NOW)).isEmpty();
    }

    @Test
    void aListThatIsValidNoLongerIsNotTaken() throws UnfitZoneException {
        VerifiedNetwork list = lists.next(NOW);

        assertThatThrownBy(() -> newest.offer(list, LATE)).hasMessageContaining("sign it again");
        assertThatThrownBy(() -> newest.offer(list, SLOW)).hasMessageContaining("(time)");

        assertThat(newest.due(LATE)).isEmpty();
    }
}
