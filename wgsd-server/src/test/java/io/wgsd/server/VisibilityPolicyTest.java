package io.wgsd.server;

import static io.wgsd.server.VisibilityPolicy.builder;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who sees whom, as a relay asks it; what a registry answers by it is tested with the views. */
class VisibilityPolicyTest {

    private static final PublicKey ALICE = key(1);
    private static final PublicKey BOB = key(2);
    private static final PublicKey CAROL = key(3);

    @Test
    void everybodySeesEverybodyWithoutRules() {
        assertThat(VisibilityPolicy.everyone().sees(ALICE, BOB)).isTrue();
    }

    @Test
    void membersOfAGroupSeeEachOtherAndNobodyElse() {
        VisibilityPolicy policy = builder().group(List.of(ALICE, BOB)).build();

        assertThat(policy.sees(ALICE, BOB)).isTrue();
        assertThat(policy.sees(BOB, ALICE)).isTrue();
        assertThat(policy.sees(ALICE, CAROL)).isFalse();
        assertThat(policy.sees(CAROL, ALICE)).isFalse();
    }

    @Test
    void onePeerMaySeeAnotherThatDoesNotSeeIt() {
        VisibilityPolicy policy = builder().sees(CAROL, List.of(ALICE)).build();

        assertThat(policy.sees(CAROL, ALICE)).isTrue();
        assertThat(policy.sees(ALICE, CAROL)).isFalse();
    }

    @Test
    void somePeersSeeAllAndSomeAreSeenByAll() {
        VisibilityPolicy policy =
                builder().seesAll(ALICE).seenByAll(List.of(BOB)).build();

        assertThat(policy.sees(ALICE, CAROL)).isTrue();
        assertThat(policy.sees(CAROL, BOB)).isTrue();
        assertThat(policy.sees(CAROL, ALICE)).isFalse();
    }

    private static PublicKey key(int number) {
        byte[] bytes = new byte[PublicKey.LENGTH];
        bytes[0] = (byte) number;
        return PublicKey.of(bytes);
    }
}
