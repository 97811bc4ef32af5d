/**
 * What the readings of one peer show: whether its session is live, which handshake messages went and came, and whether
 * it answers datagrams. Values that grow with each reading. Not exported.
 *
 * <p>{@link io.wgsd.discovery.decide.session.Session} says whether a session is live. No other room is known here.
 */
@NullMarked
package io.wgsd.discovery.decide.session;

import org.jspecify.annotations.NullMarked;
