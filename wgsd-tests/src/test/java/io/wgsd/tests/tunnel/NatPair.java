package io.wgsd.tests.tunnel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The NATs of two sides. */
record NatPair(NatKind alice, NatKind bob) {

    /** Returns each pair of these, which takes one of them also twice. */
    static List<NatPair> all(List<NatKind> kinds) {
        List<NatPair> pairs = new ArrayList<>();
        for (int alice = 0; alice < kinds.size(); alice++) {
            for (int bob = alice; bob < kinds.size(); bob++) {
                pairs.add(new NatPair(kinds.get(alice), kinds.get(bob)));
            }
        }
        // Pairs without a direct tunnel take longest, so they come first.
        pairs.sort(Comparator.comparing(NatPair::isDirect));
        return pairs;
    }

    /** Returns whether peers behind these can have a direct tunnel. */
    boolean isDirect() {
        return alice.isDirectWith(bob);
    }

    /** Returns the lab's options for these. */
    List<String> options() {
        return List.of("--alice-nat", alice.toString(), "--bob-nat", bob.toString());
    }
}
