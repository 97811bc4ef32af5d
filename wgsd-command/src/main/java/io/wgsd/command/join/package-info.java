/**
 * What makes this host's device a member's, and takes that back: {@code wgsd join} and {@code wgsd leave}.
 *
 * <p>A room of {@code io.wgsd.command}. Read {@link io.wgsd.command.join.Invitation} first, then {@code Joining}.
 */
@NullMarked
package io.wgsd.command.join;

import org.jspecify.annotations.NullMarked;
