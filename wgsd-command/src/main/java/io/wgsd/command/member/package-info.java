/**
 * The commands of {@code wgsd member}: they keep the file of a network's members, and sign it, without root and without
 * a registry.
 *
 * <p>A room of {@code io.wgsd.command}. Read {@link io.wgsd.command.member.MemberFolder} first.
 */
@NullMarked
package io.wgsd.command.member;

import org.jspecify.annotations.NullMarked;
