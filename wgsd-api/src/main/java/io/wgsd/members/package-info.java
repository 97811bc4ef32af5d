/**
 * Who belongs to a network: members, the network's file, and the zone in which DNS carries both.
 *
 * <pre>{@code
 * Network network = NetworkFile.parse(Files.readString(Path.of("network.members"))).network();
 * Member alice = Member.builder(PublicKey.parse("YdwjF6SQDBGUYgmtTqI0TIJ7t7LHjRNIXPbQnm5fCws="), "alice")
 *         .allowedIps(network.nextAddresses())
 *         .build();
 * network.with(alice).members().forEach(System.out::println);
 * }</pre>
 *
 * <p>It is above {@code io.wgsd.dnssd}, and below discovery and server. Read {@link io.wgsd.members.Member} first, then
 * {@link io.wgsd.members.Network}, {@link io.wgsd.members.NetworkFile} (a network as a file that people edit, with a
 * {@link io.wgsd.members.Reservation} for each host that is invited), {@link io.wgsd.members.MembersZone} (a network as
 * DNS records, and back), {@link io.wgsd.members.MembersSigner} and {@link io.wgsd.members.MembersVerifier} (these
 * records as one signed list), and {@link io.wgsd.members.Membership} (what a
 * device needs because of it). Beneath it, and not exported:
 *
 * <ul>
 *   <li>{@code text}: what members may be called, and the words of the file;
 *   <li>{@code records}: what is in the records;
 *   <li>{@code signed}: what makes them one list that is signed as a whole.
 * </ul>
 */
@NullMarked
package io.wgsd.members;

import org.jspecify.annotations.NullMarked;
