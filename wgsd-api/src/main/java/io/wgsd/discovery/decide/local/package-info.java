/**
 * Paths within a private network, and to what else a peer has registered of itself: which of it this host may try, and
 * how often. Pure functions and immutable values. Not exported.
 *
 * <p>{@link io.wgsd.discovery.decide.local.LocalRules} says what may be tried, {@link
 * io.wgsd.discovery.decide.local.LocalTries} how often.
 */
@NullMarked
package io.wgsd.discovery.decide.local;

import org.jspecify.annotations.NullMarked;
