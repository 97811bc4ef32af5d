package io.wgsd.discovery.registry;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.candidate.RegistrationOutcome;
import io.wgsd.discovery.candidate.RegistrationOutcome.Kind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a host registers its candidates at one registry. */
class RegisteredTest {

    private static final Endpoint LAN = Endpoint.parse("192.168.1.7:51820");
    private static final Endpoint OTHER = Endpoint.parse("192.168.2.7:51820");
    private static final RegistrationOutcome DONE = RegistrationOutcome.registered(Duration.ofMinutes(30));

    private final Registered registered = new Registered(new AnsweringChannel());

    @Test
    void nothingIsRegisteredWhereThereIsNothing() {
        registered.wanted(ALICE, List.of());

        assertThat(registered.isDue(NOW)).isFalse();
        assertThat(registered.registeredKey()).isEmpty();
    }

    @Test
    void candidatesAreRegisteredAtOnceAndAgainAtHalfOfTheLease() {
        registered.wanted(ALICE, List.of(LAN));
        assertThat(registered.isDue(NOW)).isTrue();
        assertThat(registered.begin()).containsExactly(LAN);
        assertThat(registered.isDue(NOW)).as("while one is under way").isFalse();

        registered.ended(DONE, NOW);

        assertThat(registered.registeredKey()).contains(ALICE);
        assertThat(registered.isDue(NOW.plus(Duration.ofSeconds(899)))).isFalse();
        assertThat(registered.isDue(NOW.plus(Duration.ofMinutes(15)))).isTrue();
    }

    @Test
    void othersReplaceThemAtOnceAndNoneTakesThemBack() {
        register(LAN);

        registered.wanted(ALICE, List.of(OTHER));
        assertThat(registered.isDue(NOW)).isTrue();
        assertThat(registered.begin()).containsExactly(OTHER);
        registered.ended(DONE, NOW);

        registered.wanted(ALICE, List.of());
        assertThat(registered.isDue(NOW)).isTrue();
        assertThat(registered.begin()).isEmpty();
        registered.ended(RegistrationOutcome.registered(Duration.ZERO), NOW);
        assertThat(registered.isDue(NOW.plus(Duration.ofHours(1)))).isFalse();
    }

    @Test
    void oneThatARegistryRefusesIsLeftOut() {
        registered.wanted(ALICE, List.of(LAN, OTHER));
        registered.begin();

        assertThat(registered.ended(failed(Kind.REFUSED, LAN + ": it is inside the tunnel"), NOW))
                .as("what the operator has to know")
                .isEmpty();

        assertThat(registered.isDue(NOW)).isTrue();
        assertThat(registered.begin()).containsExactly(OTHER);
    }

    @Test
    void oneThatWasRefusedIsOfferedAgainLaterAndLater() {
        registered.wanted(ALICE, List.of(LAN));
        registered.begin();
        registered.ended(failed(Kind.REFUSED, LAN + ": no relay sees you there"), NOW);
        registered.reconsider(NOW.plus(Duration.ofSeconds(14)));
        assertThat(registered.isDue(NOW.plus(Duration.ofSeconds(14)))).isFalse();
        Moment later = NOW.plus(Duration.ofSeconds(15));
        registered.reconsider(later);
        assertThat(registered.isDue(later)).isTrue();

        registered.begin();
        registered.ended(failed(Kind.REFUSED, LAN + ": no relay sees you there"), later);
        registered.reconsider(later.plus(Duration.ofSeconds(29)));
        assertThat(registered.isDue(later.plus(Duration.ofSeconds(29)))).isFalse();
        registered.reconsider(later.plus(Duration.ofSeconds(30)));
        assertThat(registered.isDue(later.plus(Duration.ofSeconds(30)))).isTrue();
    }

    @Test
    void afterAFailureItWaitsLongerAndLonger() {
        registered.wanted(ALICE, List.of(LAN));
        registered.begin();
        assertThat(registered.ended(failed(Kind.FAILED, "connection refused"), NOW))
                .isEmpty();
        assertThat(registered.isDue(NOW.plus(Duration.ofMillis(1_999)))).isFalse();
        assertThat(registered.isDue(NOW.plus(Duration.ofSeconds(2)))).isTrue();

        registered.begin();
        assertThat(registered.ended(failed(Kind.FAILED, "connection refused"), NOW))
                .contains("connection refused");
        assertThat(registered.isDue(NOW.plus(Duration.ofMillis(3_999)))).isFalse();
    }

    @Test
    void whatAnOperatorHasToKnowIsToldOnce() {
        registered.wanted(ALICE, List.of(LAN));
        registered.begin();
        assertThat(registered.ended(failed(Kind.NOT_PERMITTED, "no port"), NOW)).contains("no port");
        assertThat(registered.isDue(NOW.plus(Duration.ofMinutes(4)))).isFalse();

        registered.begin();
        assertThat(registered.ended(failed(Kind.NOT_PERMITTED, "no port"), NOW)).isEmpty();
    }

    @Test
    void aRegistryThatMayHaveForgottenAndAnotherKeyAreReasonsToRegisterAgain() {
        register(LAN);
        registered.forget();
        assertThat(registered.isDue(NOW)).isTrue();

        register(LAN);
        registered.wanted(BOB, List.of(LAN));
        assertThat(registered.isDue(NOW)).isTrue();
    }

    private void register(Endpoint candidate) {
        registered.wanted(ALICE, List.of(candidate));
        registered.begin();
        registered.ended(DONE, NOW);
    }

    private static RegistrationOutcome failed(Kind kind, String why) {
        return new RegistrationOutcome(kind, Duration.ZERO, why);
    }
}
