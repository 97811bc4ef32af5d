/**
 * What members and groups may be called, and how a line of a network's file is written.
 *
 * <p>A room of {@code io.wgsd.members}. Read {@link io.wgsd.members.text.MemberNames} first.
 */
@NullMarked
package io.wgsd.members.text;

import org.jspecify.annotations.NullMarked;
