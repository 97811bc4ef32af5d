/**
 * The {@code wgsd} command: a user of the library that stands above all of its modules, and that nothing stands on. {@code
 * Main} finds the command that is meant, and each {@code …Command} is one of them. Beneath it are four rooms, each of which
 * knows only those after it:
 *
 * <ul>
 *   <li>{@code demo}: the story that {@code wgsd demo} tells;
 *   <li>{@code options}: what may be said on the command line and in the configuration file;
 *   <li>{@code output}: what is printed, for people and for programs;
 *   <li>{@code host}: service manager, signals, sockets and files.
 * </ul>
 */
@NullMarked
package io.wgsd.command;

import org.jspecify.annotations.NullMarked;
