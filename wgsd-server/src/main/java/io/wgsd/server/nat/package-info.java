/**
 * How the NATs of peers map, as far as what several observers have seen proves it.
 *
 * <p>Read {@code MappingEvidence} first, the judgement: a pure function of {@code Sample}s. {@code NatFacts} collects
 * these from the device and from relays.
 */
@NullMarked
package io.wgsd.server.nat;

import org.jspecify.annotations.NullMarked;
