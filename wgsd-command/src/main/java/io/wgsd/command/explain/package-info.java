/**
 * What {@code wgsd explain} says about a peer. {@code Explanation} is a pure function of {@code Evidence}: read these
 * two first, then {@code Causes}. {@code Investigation} gathers the evidence.
 */
@NullMarked
package io.wgsd.command.explain;

import org.jspecify.annotations.NullMarked;
