/**
 * Candidates: the endpoints that a peer itself registers, at which other peers may reach it too. Not exported.
 *
 * <p>{@link io.wgsd.server.candidate.CandidateUpdates} answers registrations, {@link
 * io.wgsd.server.candidate.CandidateRules} says what may be registered, by what {@link
 * io.wgsd.server.candidate.HeardSources} knows too, and {@link
 * io.wgsd.server.candidate.CandidateBook} keeps it for as long as it was asked for.
 */
@NullMarked
package io.wgsd.server.candidate;

import org.jspecify.annotations.NullMarked;
