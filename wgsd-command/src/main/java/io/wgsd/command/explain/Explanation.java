package io.wgsd.command.explain;

import java.util.List;

/**
 * Why a peer is reached as it is, or is not. Immutable.
 *
 * @param isWell whether the peer is reached and nothing speaks against that
 * @param headline by which path, or that there is none
 * @param evidence what was seen, in sentences
 * @param causes what fits, the most likely first
 */
public record Explanation(boolean isWell, String headline, List<String> evidence, List<Cause> causes) {

    public Explanation {
        evidence = List.copyOf(evidence);
        causes = List.copyOf(causes);
    }

    /** Explains: a pure function. */
    static Explanation of(Evidence seen) {
        Causes found = new Causes(seen);
        List<Cause> troubles = found.troubles();
        boolean isReached = seen.isConnected() && seen.deviceProblem().isEmpty();
        List<Cause> causes = troubles;
        if (isReached && troubles.isEmpty()) {
            causes = seen.isRelayed() ? new Unanswered(seen).whyNotDirect() : found.oddities();
        }
        return new Explanation(
                isReached && troubles.isEmpty(), Sentences.headline(seen), new Sentences(seen).list(), causes);
    }
}
