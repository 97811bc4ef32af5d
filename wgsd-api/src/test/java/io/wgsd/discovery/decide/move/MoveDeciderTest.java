package io.wgsd.discovery.decide.move;

import static io.wgsd.dnssd.NatMapping.ADDRESS_AND_PORT_DEPENDENT;
import static io.wgsd.dnssd.NatMapping.DEPENDENT;
import static io.wgsd.dnssd.NatMapping.ENDPOINT_INDEPENDENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.decide.move.MoveOrder.Part;
import io.wgsd.discovery.decide.move.MoveSight.Way;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MoveDeciderTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Sights caller = Sights.caller();

    @Test
    void orders() {
        caller.secondsOfOrders(Duration.ofSeconds(2));
        assertThat(caller.look().order())
                .isEqualTo(new MoveOrder(
                        Sights.PEER, Part.MOVE, TwoPaths.DIRECT, TwoPaths.RELAY, Duration.ofMillis(160), false));
    }

    @Test
    void nothingIsOrderedWhereThereIsNoDirectEndpoint() {
        assertThat(caller.advertisedAt(null).secondsOfOrders(HOUR)).isEmpty();
    }

    @Test
    void nothingIsOrderedWhereNeitherNatLetsTheOtherIn() {
        assertThat(caller.nats(DEPENDENT, ADDRESS_AND_PORT_DEPENDENT).secondsOfOrders(HOUR))
                .isEmpty();
        assertThat(Sights.caller().nats(DEPENDENT, ENDPOINT_INDEPENDENT).secondsOfOrders(MINUTE))
                .isNotEmpty();
    }

    @Test
    void nothingIsOrderedForAPeerThatIsOnNoRelay() {
        assertThat(caller.on(Way.DIRECT).secondsOfOrders(HOUR)).isEmpty();
        assertThat(caller.on(Way.NONE).secondsOfOrders(HOUR)).isEmpty();
    }

    @Test
    void anotherEndpointIsAReasonToLookAtOnce() {
        caller.secondsOfOrders(HOUR);
        caller.advertisedAt("198.51.100.2:51820");
        assertThat(caller.secondsOfOrders(MINUTE)).containsExactly(3602L, 3606L, 3612L, 3625L, 3645L);
    }

    @Test
    void anotherNatIsAReasonToLookAtOnce() {
        caller.nats(DEPENDENT, DEPENDENT).secondsOfOrders(HOUR);
        caller.nats(ENDPOINT_INDEPENDENT, DEPENDENT);
        assertThat(caller.secondsOfOrders(Duration.ofSeconds(10))).containsExactly(3602L, 3606L);
    }

    @Test
    void whatIsNotAdvertisedForAMomentIsNoNews() {
        caller.secondsOfOrders(HOUR);
        caller.advertisedAt(null).secondsOfOrders(Duration.ofSeconds(1));
        caller.advertisedAt("198.51.100.1:51820");
        assertThat(caller.secondsOfOrders(Duration.ofSeconds(8))).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void newsComeNoMoreOftenThanTwiceAMinute() {
        int orders = 0;
        for (int i = 0; i < 60; i++) {
            caller.advertisedAt("198.51.100." + (1 + i % 2) + ":51820");
            orders += caller.secondsOfOrders(Duration.ofSeconds(10)).size();
        }
        assertThat(orders).isLessThanOrEqualTo(20 * 4);
    }

    @Test
    void aDirectPathThatIsLostSoonIsTriedAgainLaterAndLater() {
        for (long wait : List.of(0, 30, 60, 120, 240, 480, 900)) {
            long begun = caller.on(Way.RELAY).seconds();
            long first = caller.secondsOfOrders(Duration.ofMinutes(25)).get(0) - begun;
            assertThat(first).isBetween(wait, wait + 302);
            caller.on(Way.DIRECT).secondsOfOrders(MINUTE);
            caller.on(Way.NONE).secondsOfOrders(Duration.ofSeconds(5));
        }
    }

    @Test
    void aPeerThatGoesBackTwiceIsLeftForAnHour() {
        for (int i = 0; i < 2; i++) {
            caller.on(Way.RELAY).secondsOfOrders(Duration.ofMinutes(2));
            caller.on(Way.DIRECT).secondsOfOrders(Duration.ofSeconds(20));
        }
        caller.on(Way.RELAY);
        assertThat(caller.secondsOfOrders(HOUR)).isEmpty();
        assertThat(caller.reason()).contains("it went back to the relay twice after it had been moved");
        assertThat(caller.secondsOfOrders(HOUR)).isNotEmpty();
        assertThat(caller.reason()).isEmpty();
    }

    @Test
    void thatTheOtherSideBeganAgainByTheRelayIsNotThatItWantsTheRelay() {
        caller.afterANewHandshake();
        for (int i = 0; i < 2; i++) {
            caller.on(Way.RELAY).secondsOfOrders(Duration.ofMinutes(2));
            caller.on(Way.DIRECT).secondsOfOrders(Duration.ofSeconds(20));
        }
        caller.on(Way.RELAY);
        assertThat(caller.secondsOfOrders(Duration.ofMinutes(10))).isNotEmpty();
    }

    @Test
    void movesNoMoreThanSixTimesAnHour() {
        int moves = 0;
        for (int second = 0; second < 3600; second++) {
            boolean ordered = !caller.secondsOfOrders(Duration.ofSeconds(1)).isEmpty();
            moves += ordered ? 1 : 0;
            // Each move succeeds, lasts longer than a minute, and is lost after more than five.
            if (ordered) {
                caller.on(Way.DIRECT).secondsOfOrders(Duration.ofSeconds(301));
                caller.on(Way.NONE).secondsOfOrders(Duration.ofSeconds(1));
                caller.on(Way.RELAY);
                second += 302;
            }
        }
        assertThat(moves).isEqualTo(6);
    }

    @Test
    void newsLiftNoLimit() {
        int moves = 0;
        for (int second = 0; second < 3600; second += 40) {
            // Another port each time, in both.
            caller.advertisedAt("198.51.100.1:" + (1000 + second)).seenAt("203.0.113.1:" + (1000 + second));
            if (!caller.on(Way.RELAY).secondsOfOrders(Duration.ofSeconds(35)).isEmpty()) {
                moves++;
                caller.on(Way.DIRECT).secondsOfOrders(Duration.ofSeconds(4));
            }
            caller.on(Way.NONE).secondsOfOrders(Duration.ofSeconds(1));
        }
        assertThat(moves).isEqualTo(6);
    }

    @Test
    void anotherNetworkLiftsTheLimitButNotForEver() {
        int moves = 0;
        for (int second = 0; second < 3600; second += 40) {
            caller.advertisedAt("198.51.100." + (1 + second / 40) + ":51820");
            if (!caller.on(Way.RELAY).secondsOfOrders(Duration.ofSeconds(35)).isEmpty()) {
                moves++;
                caller.on(Way.DIRECT).secondsOfOrders(Duration.ofSeconds(4));
            }
            caller.on(Way.NONE).secondsOfOrders(Duration.ofSeconds(1));
        }
        assertThat(moves).isBetween(7, 24);
    }

    @Test
    void aPeerThatGoesBackTwiceIsLeftForAnHourWhateverTheNews() {
        for (int i = 0; i < 2; i++) {
            caller.advertisedAt("198.51.100.1:" + (1000 + i));
            caller.on(Way.RELAY).secondsOfOrders(Duration.ofMinutes(2));
            caller.on(Way.DIRECT).secondsOfOrders(Duration.ofSeconds(20));
        }
        caller.on(Way.RELAY).look();
        for (int minute = 0; minute < 59; minute++) {
            caller.advertisedAt("198.51.100.1:" + (2000 + minute));
            // Its session ends now and then, and begins anew by the relay.
            caller.on(Way.NONE).secondsOfOrders(Duration.ofSeconds(5));
            assertThat(caller.on(Way.RELAY).secondsOfOrders(Duration.ofSeconds(55)))
                    .isEmpty();
        }
        assertThat(caller.secondsOfOrders(Duration.ofMinutes(10))).isNotEmpty();
    }

    @Test
    void saysWhatWasObservedAndNothingElse() {
        caller.secondsOfOrders(Duration.ofSeconds(3));
        assertThat(caller.reason()).isEmpty();
        caller.reported(MoveReport.Outcome.UNANSWERED);
        assertThat(caller.reason()).contains("a direct packet was not answered");
        caller.on(Way.DIRECT).look();
        assertThat(caller.reason()).isEmpty();
    }

    @Test
    void aNarrowPathIsLeftAloneForAnHourUnlessThereAreNews() {
        caller.secondsOfOrders(Duration.ofSeconds(3));
        caller.reported(MoveReport.Outcome.NARROW);
        assertThat(caller.secondsOfOrders(HOUR.minusSeconds(1))).isEmpty();
        assertThat(caller.secondsOfOrders(HOUR)).isNotEmpty();
        caller.reported(MoveReport.Outcome.NARROW);
        caller.advertisedAt("198.51.100.2:51820");
        assertThat(caller.secondsOfOrders(Duration.ofSeconds(3))).hasSize(1);
    }

    @Test
    void aNarrowPathIsNoReasonAgainstAnother() {
        caller.secondsOfOrders(Duration.ofSeconds(3));
        caller.reported(MoveReport.Outcome.NARROW);
        caller.inTheNetworkAt("192.168.7.2:51820");
        assertThat(caller.secondsOfOrders(Duration.ofSeconds(10))).isNotEmpty();
    }

    @Test
    void thatTheNatWasOpenedIsNoReason() {
        Sights opener = new Sights(Part.OPEN, 0);
        assertThat(Objects.requireNonNull(opener.look().order()).part()).isEqualTo(Part.OPEN);
        opener.reported(MoveReport.Outcome.OPENED);
        assertThat(opener.reason()).isEmpty();
    }
}
