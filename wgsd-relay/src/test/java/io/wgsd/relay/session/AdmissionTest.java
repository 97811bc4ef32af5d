package io.wgsd.relay.session;

import static io.wgsd.relay.session.SessionWorld.HOME;
import static io.wgsd.relay.session.SessionWorld.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.wire.Messages;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * {@link Admission}, seen through {@link Sessions}: strangers who know the relay's key, and those who suffer from them.
 */
class AdmissionTest {

    private final TestPeer alice = new TestPeer(1);
    private final TestPeer bob = new TestPeer(2);
    private final SessionWorld world = new SessionWorld(alice, bob);
    private final byte[] strange = new TestPeer(3).initiation(world.relay.key());

    @Test
    void aNetworkBeyondItsShareIsAskedForACookie() {
        Map<Outcome, Integer> outcomes = flood(HOME, 30);
        assertThat(outcomes).containsEntry(Outcome.REFUSED, 20).containsEntry(Outcome.COOKIE, 10);
        assertThat(world.sent).hasSize(10).allSatisfy(each -> {
            assertThat(each.message()).hasSize(Messages.COOKIE_REPLY_LENGTH);
            assertThat(each.to()).isEqualTo(HOME);
        });
    }

    @Test
    void anotherNetworkHasAShareOfItsOwn() {
        flood(HOME, 30);
        world.sent.clear();
        world.connect(alice, source("198.51.101.1", 1));
    }

    @Test
    void aMemberThatShowsItsCookieIsAdmittedThoughItsNetworkIsFlooded() {
        flood(HOME, 1000);
        world.sent.clear();
        Source neighbour = source("198.51.100.77", 1000);
        byte[] asked = alice.initiation(world.relay.key());
        assertThat(world.receive(asked, neighbour)).hasValue(Outcome.COOKIE);

        byte[] again = alice.initiationWithCookie(world.relay.key(), world.sent(neighbour), asked);

        assertThat(world.receive(again, neighbour)).hasValue(Outcome.TO_RELAY);
    }

    @Test
    void aCookieIsGoodAtItsOwnSourceOnly() {
        flood(HOME, 1000);
        byte[] asked = alice.initiation(world.relay.key());
        world.receive(asked, source("198.51.100.77", 1000));
        byte[] cookie = world.sent(source("198.51.100.77", 1000));
        byte[] again = alice.initiationWithCookie(world.relay.key(), cookie, asked);
        assertThat(world.receive(again, source("198.51.100.78", 1000))).hasValue(Outcome.COOKIE);
    }

    @Test
    void aCookieIsGoodForTwoMinutes() {
        flood(HOME, 1000);
        byte[] asked = alice.initiation(world.relay.key());
        world.receive(asked, HOME);
        byte[] again = alice.initiationWithCookie(world.relay.key(), world.sent(HOME), asked);
        world.pass(Duration.ofSeconds(120));
        flood(HOME, 1000);
        assertThat(world.receive(again, HOME)).hasValue(Outcome.COOKIE);
    }

    @Test
    void aMemberAtItsKnownEndpointNeedsNoCookieDuringAFloodFromStrangers() {
        world.connect(alice, HOME);
        flood(source("198.51.100.2", 5), 5000);
        world.sent.clear();
        world.connect(alice, HOME);
    }

    @Test
    void sourcesThatAreMadeUpCostAFewHundredHandshakesASecondAtMost() {
        Random random = new Random(1);
        int computed = 0;
        int replies = 0;
        for (int i = 0; i < 50_000; i++) {
            world.now += Duration.ofSeconds(1).toNanos() / 50_000;
            Outcome outcome = world.receive(
                            strange, Source.of(0, 0xffff_0000_0000L | random.nextInt() & 0xffff_ffffL, 9))
                    .orElseThrow();
            computed += outcome == Outcome.REFUSED ? 1 : 0;
            replies += outcome == Outcome.COOKIE ? 1 : 0;
            world.sent.clear();
        }
        assertThat(computed).isLessThanOrEqualTo(600);
        assertThat(replies).isLessThanOrEqualTo(6000);
    }

    @Test
    void oneMembersHandshakesAreFewThoughAllAreAuthentic() {
        world.connect(alice, HOME);
        int answered = 0;
        for (int i = 0; i < 100; i++) {
            answered += world.receive(alice.initiation(world.relay.key()), source("10.9." + i + ".1", 7))
                                    .orElseThrow()
                            == Outcome.TO_RELAY
                    ? 1
                    : 0;
        }
        assertThat(answered).isLessThanOrEqualTo(20);
    }

    private Map<Outcome, Integer> flood(Source from, int times) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (int i = 0; i < times; i++) {
            outcomes.merge(world.receive(strange, from).orElseThrow(), 1, Integer::sum);
        }
        return outcomes;
    }
}
