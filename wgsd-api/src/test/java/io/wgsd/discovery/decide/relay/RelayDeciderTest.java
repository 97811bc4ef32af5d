package io.wgsd.discovery.decide.relay;

import static io.wgsd.discovery.RelayStatus.State.ATTACHING;
import static io.wgsd.discovery.RelayStatus.State.DOWN;
import static io.wgsd.discovery.RelayStatus.State.UNUSED;
import static io.wgsd.discovery.RelayStatus.State.UP;
import static io.wgsd.discovery.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent.RelayDown;
import io.wgsd.discovery.AgentEvent.RelayUp;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which relays a host attaches to, how it knows that they live, and what it writes for that. */
class RelayDeciderTest {

    private static final PublicKey FIRST = key(40);
    private static final PublicKey SECOND = key(50);
    private static final PublicKey THIRD = key(60);
    private static final String AT_FIRST = "192.0.2.1:443";
    private static final String AT_SECOND = "192.0.2.2:443";
    private static final String AT_THIRD = "192.0.2.3:443";
    private static final String AT_FIRST_BY_IPV6 = "[2001:db8::1]:443";
    private static final Duration KEEPALIVE = Duration.ofSeconds(25);
    private static final Duration SHORT_KEEPALIVE = Duration.ofSeconds(15);

    private final RelayWorld world = new RelayWorld();

    @Test
    void withoutRelaysNothingIsDone() {
        world.run(60);
        assertThat(world.written).isEmpty();
        assertThat(world.view().usable()).isEmpty();
    }

    @Test
    void aRelayIsAddedAndUsedOnceItAnswers() {
        world.announce(FIRST, AT_FIRST).run(1);
        assertThat(world.state(FIRST)).isEqualTo(ATTACHING);
        assertThat(world.view().usable()).isEmpty();

        world.answers(AT_FIRST).run(10);
        assertThat(world.state(FIRST)).isEqualTo(UP);
        assertThat(world.view().usable()).isEqualTo(Map.of(FIRST, Endpoint.parse(AT_FIRST)));
        assertThat(world.events).containsExactly(new RelayUp(FIRST, Endpoint.parse(AT_FIRST)));
    }

    @Test
    void aRelayThatAnswersIsWrittenOnce() {
        threeThatAnswer().run(3600);
        assertThat(world.written).containsExactly("add " + FIRST, "add " + SECOND);
        assertThat(world.events).hasSize(2);
    }

    @Test
    void aRelayGetsAShorterKeepaliveWhereThePortOfThisHostGoesOnChanging() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).isSeenAt("203.0.113.9:1000");
        world.run(60).isSeenAt("203.0.113.9:1001");
        world.run(60).isSeenAt("203.0.113.9:1002").run(60);
        assertThat(world.keepalive(FIRST)).isEqualTo(KEEPALIVE);
        assertThat(world.written).containsExactly("add " + FIRST);

        world.isSeenAt("203.0.113.9:1003").run(3600);
        assertThat(world.keepalive(FIRST)).isEqualTo(SHORT_KEEPALIVE);
        // Once: as a test, so that it sends a keepalive at once.
        assertThat(world.written).containsExactly("add " + FIRST, "test " + FIRST);
        assertThat(world.state(FIRST)).isEqualTo(UP);
        assertThat(world.events).hasSize(1);

        world.announce(SECOND, AT_SECOND).answers(AT_SECOND).run(5);
        assertThat(world.keepalive(SECOND)).isEqualTo(SHORT_KEEPALIVE);
    }

    @Test
    void theKeepaliveIsLongAgainAtAnotherAddress() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST);
        for (int port = 1000; port < 1004; port++) {
            world.isSeenAt("203.0.113.9:" + port).run(60);
        }
        assertThat(world.keepalive(FIRST)).isEqualTo(SHORT_KEEPALIVE);

        world.isSeenAt("198.51.100.9:1000").run(30);
        assertThat(world.keepalive(FIRST)).isEqualTo(KEEPALIVE);
    }

    @Test
    void anIntervalThatSomebodyElseHasSetStays() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).run(10);
        world.keepsAlive(FIRST, Duration.ofSeconds(20));
        for (int port = 1000; port < 1004; port++) {
            world.isSeenAt("203.0.113.9:" + port).run(1);
        }
        assertThat(world.keepalive(FIRST)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aShorterIntervalThatCannotBeWrittenIsWrittenLater() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).run(10);
        world.fails("not permitted");
        for (int port = 1000; port < 1004; port++) {
            world.isSeenAt("203.0.113.9:" + port).run(1);
        }
        assertThat(world.keepalive(FIRST)).isEqualTo(KEEPALIVE);

        world.fails(null).run(60);
        assertThat(world.keepalive(FIRST)).isEqualTo(SHORT_KEEPALIVE);
    }

    @Test
    void theFirstTwoInTheOrderOfTheirKeysAreUsed() {
        threeThatAnswer().run(5);
        assertThat(world.onDevice()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(world.state(THIRD)).isEqualTo(UNUSED);
        assertThat(world.reason(THIRD)).contains("2 that come before it work");
    }

    @Test
    void aRelayThatDoesNotAnswerIsDownAndTheNextOneIsUsed() {
        threeThatAnswer().isDead(AT_FIRST).run(20);
        assertThat(world.state(FIRST)).isEqualTo(DOWN);
        assertThat(world.reason(FIRST)).contains(AT_FIRST).contains("no handshake");
        assertThat(world.view().usable()).containsOnlyKeys(SECOND, THIRD);
        assertThat(world.events).filteredOn(RelayDown.class::isInstance).hasSize(1);
    }

    @Test
    void aRelayThatAnswersAgainIsUsedAgainAndTheOneInItsPlaceIsRemovedLater() {
        threeThatAnswer().isDead(AT_FIRST).run(20);
        world.answers(AT_FIRST).run(65);
        assertThat(world.view().usable()).containsOnlyKeys(FIRST, SECOND, THIRD);

        world.run(310);
        assertThat(world.onDevice()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(world.removed).containsExactly(THIRD);
        assertThat(world.state(THIRD)).isEqualTo(UNUSED);
    }

    @Test
    void aRelayOverWhichAPeerRunsStays() {
        threeThatAnswer().isDead(AT_FIRST).run(20);
        world.used.add(THIRD);
        world.answers(AT_FIRST).run(1000);
        assertThat(world.view().usable()).containsKey(THIRD);

        world.used.clear();
        world.run(2);
        assertThat(world.onDevice()).doesNotContain(THIRD);
    }

    @Test
    void aRelayThatFallsSilentIsTestedAndIsDownTwoSecondsLater() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).run(5);
        world.written.clear();
        world.isDead(AT_FIRST).run(KEEPALIVE.plusSeconds(8));
        assertThat(world.state(FIRST)).isEqualTo(DOWN);
        assertThat(world.written).startsWith("test " + FIRST, "test " + FIRST, "test " + FIRST);
        assertThat(world.view().usable()).isEmpty();
        assertThat(world.events)
                .last()
                .isInstanceOfSatisfying(
                        RelayDown.class,
                        down -> assertThat(down.reason())
                                .startsWith("relay " + FIRST + " does not answer at " + AT_FIRST)
                                .contains("not even to 3 keepalives"));
    }

    @Test
    void aRelayWhoseKeepaliveWasLostPassesTheTest() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).run(20);
        world.written.clear();
        world.isDead(AT_FIRST).run(8);
        world.answers(AT_FIRST).run(30);
        assertThat(world.state(FIRST)).isEqualTo(UP);
        assertThat(world.events).hasSize(1);
        assertThat(world.written).containsExactly("test " + FIRST);
    }

    @Test
    void aRelayIsTestedWhenAPeerThatRunsOverItIsSilent() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).run(5);
        world.used.add(FIRST);
        world.isDead(AT_FIRST);
        world.silent.put(FIRST, world.now());
        world.run(Duration.ofMillis(5200));
        assertThat(world.state(FIRST)).isEqualTo(DOWN);
    }

    @Test
    void aRelayThatAnswersIsTestedOnceForASilence() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).run(5);
        world.written.clear();
        world.silent.put(FIRST, world.now());
        world.run(300);
        assertThat(world.written).containsExactly("test " + FIRST);
        assertThat(world.state(FIRST)).isEqualTo(UP);
    }

    @Test
    void whereAPeerHasLostItsSessionTheRelayIsShownOnceWhereThisHostIs() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).run(5);
        world.written.clear();
        world.needed.put(FIRST, world.now());
        world.run(15);
        assertThat(world.written).containsExactly("test " + FIRST);
    }

    @Test
    void testsForSilentPeersAreAtLeastTenSecondsApart() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).run(5);
        world.written.clear();
        for (int i = 0; i < 30; i++) {
            world.silent.put(FIRST, world.now());
            world.run(4);
        }
        // Some tests take two keepalives.
        assertThat(world.written).hasSizeBetween(9, 15);
    }

    @Test
    void aRelayWithTwoAddressesIsTriedAtTheOther() {
        world.announce(FIRST, AT_FIRST_BY_IPV6, AT_FIRST).answers(AT_FIRST).run(10);
        assertThat(world.state(FIRST)).isEqualTo(UP);
        assertThat(world.endpoint(FIRST)).isEqualTo(Endpoint.parse(AT_FIRST));
    }

    @Test
    void aRelayThatIsNoLongerReachedAtOneAddressMovesToTheOther() {
        world.announce(FIRST, AT_FIRST_BY_IPV6, AT_FIRST)
                .answers(AT_FIRST_BY_IPV6)
                .run(10);
        assertThat(world.endpoint(FIRST)).isEqualTo(Endpoint.parse(AT_FIRST_BY_IPV6));
        world.isDead(AT_FIRST_BY_IPV6).answers(AT_FIRST).run(40);
        assertThat(world.endpoint(FIRST)).isEqualTo(Endpoint.parse(AT_FIRST));
        assertThat(world.view().usable()).containsKey(FIRST);
    }

    @Test
    void aRelayThatIsAnnouncedElsewhereIsFollowedOnceItDoesNotAnswer() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).run(10);
        world.announce(FIRST, AT_SECOND).run(60);
        assertThat(world.endpoint(FIRST)).isEqualTo(Endpoint.parse(AT_FIRST));
        world.isDead(AT_FIRST).answers(AT_SECOND).run(40);
        assertThat(world.endpoint(FIRST)).isEqualTo(Endpoint.parse(AT_SECOND));
    }

    @Test
    void aRelayThatIsDownIsTriedLessAndLessOften() {
        world.announce(FIRST, AT_FIRST).run(3600);
        assertThat(world.written.size()).isBetween(55, 75);
        assertThat(world.events).singleElement().isInstanceOf(RelayDown.class);
    }

    @Test
    void aRelayThatSomebodyTakesAwayIsPutBackLessAndLessSoon() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).run(10);
        world.takesAway(FIRST).run(Duration.ofMillis(500));
        assertThat(world.state(FIRST)).isEqualTo(ATTACHING);
        assertThat(world.view().usable()).isEmpty();
        assertThat(world.reason(FIRST)).contains("taken off the device");
        world.run(3);
        assertThat(world.state(FIRST)).isEqualTo(UP);

        for (int i = 0; i < 300; i++) {
            world.takesAway(FIRST).run(2);
        }
        assertThat(world.written.size()).isLessThan(15);
        assertThat(world.state(FIRST)).isEqualTo(DOWN);
    }

    @Test
    void aRelayThatSomebodyElseHasAddedIsUsedAndNeverWritten() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).foreign(FIRST, AT_FIRST, KEEPALIVE);
        world.run(100);
        assertThat(world.view().usable()).containsOnlyKeys(FIRST);
        world.isDead(AT_FIRST).run(60);
        assertThat(world.state(FIRST)).isEqualTo(DOWN);
        assertThat(world.reason(FIRST)).contains("somebody else has added it");
        world.withdraw(FIRST).run(10);
        assertThat(world.onDevice()).containsExactly(FIRST);
        assertThat(world.written).isEmpty();
    }

    @Test
    void aRelayThatSomebodyMakesAPeerOfTheirOwnIsTheirs() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).run(10);
        world.gives(FIRST, "10.9.0.0/16").withdraw(FIRST).run(10);
        assertThat(world.onDevice()).containsExactly(FIRST);
        assertThat(world.removed).containsExactly(FIRST);
    }

    @Test
    void aRelayThatIsKeptIsNotAdded() {
        world.kept.add(FIRST);
        threeThatAnswer().run(10);
        assertThat(world.onDevice()).containsExactlyInAnyOrder(SECOND, THIRD);
        assertThat(world.reason(FIRST)).contains("is kept");
    }

    @Test
    void aRelayThatThisHostCannotReachIsNotAddedAndSaysWhy() {
        world.refused(FIRST, AT_FIRST + " is not used: no route").run(10);
        assertThat(world.onDevice()).isEmpty();
        assertThat(world.reason(FIRST)).isEqualTo(AT_FIRST + " is not used: no route");
    }

    @Test
    void aRelayThatIsNotAnnouncedAnyMoreIsRemovedAfterSomeTime() {
        world.announce(FIRST, AT_FIRST).answers(AT_FIRST).run(10);
        world.withdraw(FIRST).run(100);
        assertThat(world.view().usable()).containsKey(FIRST);
        assertThat(world.view().news().isRelay(FIRST)).isTrue();
        world.run(250);
        assertThat(world.onDevice()).isEmpty();
        assertThat(world.events).last().isInstanceOf(RelayDown.class);
        assertThat(world.view().news().isRelay(FIRST)).isFalse();
    }

    @Test
    void whatCannotBeWrittenIsNotRememberedAndIsTriedAgainLater() {
        world.fails("no space left").announce(FIRST, AT_FIRST).answers(AT_FIRST).run(30);
        assertThat(world.state(FIRST)).isEqualTo(UNUSED);
        assertThat(world.reason(FIRST)).isEqualTo("no space left");
        assertThat(world.events).isEmpty();
        world.fails(null).run(12);
        assertThat(world.state(FIRST)).isEqualTo(UP);
    }

    private RelayWorld threeThatAnswer() {
        return world.announce(THIRD, AT_THIRD)
                .announce(FIRST, AT_FIRST)
                .announce(SECOND, AT_SECOND)
                .answers(AT_FIRST, AT_SECOND, AT_THIRD);
    }
}
