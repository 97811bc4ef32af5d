/**
 * The {@code wgsd} command. It is at the top of the house: it uses all modules of the library, and nothing uses it.
 * Read {@code Main} first, which finds the command that is meant; each {@code …Command} is one of them. Beneath it
 * are rooms, each of which knows only those after it:
 *
 * <ul>
 *   <li>{@code manual}: man pages and completion, written when the packages are built;
 *   <li>{@code demo}: the story of {@code wgsd demo};
 *   <li>{@code http}: metrics and probes over HTTP;
 *   <li>{@code explain}: what {@code wgsd explain} says about a peer;
 *   <li>{@code status}: what {@code wgsd status} shows;
 *   <li>{@code netcheck}: what {@code wgsd netcheck} looks at;
 *   <li>{@code carrier}: where an agent's packets go over TLS;
 *   <li>{@code portmap}: the port that the router before this host forwards;
 *   <li>{@code relay}: relays here, and what they and registries tell each other;
 *   <li>{@code member}: the commands of {@code wgsd member}, which keep a network's members;
 *   <li>{@code join}: makes this host's device a member's, and takes that back;
 *   <li>{@code config}: the configuration file, and how much is logged;
 *   <li>{@code options}: the options of the command line;
 *   <li>{@code follow}: zones of other servers, followed as a secondary does;
 *   <li>{@code crypto}: Ed25519 that is faster than the JDK's;
 *   <li>{@code output}: what is printed, for people and for programs;
 *   <li>{@code log}: the log of the commands that stay;
 *   <li>{@code host}: service manager, signals and the status socket.
 * </ul>
 */
@NullMarked
package io.wgsd.command;

import org.jspecify.annotations.NullMarked;
