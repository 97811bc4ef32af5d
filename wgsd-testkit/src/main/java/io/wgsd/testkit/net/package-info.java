/**
 * Simulated peers, NATs, loss and virtual time around the WireGuard in memory.
 *
 * <p>A {@link io.wgsd.testkit.net.SimulatedNet} runs in the virtual time of a {@link io.wgsd.testkit.net.Timeline} and
 * follows from a seed. Its hosts' WireGuard speaks the real protocol's messages at the real timers' times, as values
 * without cryptography; a program under test uses it through an ordinary {@code PeerSource}. {@link
 * io.wgsd.testkit.net.NatLab} is a net to start from:
 *
 * <pre>{@code
 * NatLab lab = NatLab.builder().conditions(LinkConditions.delay(Duration.ofMillis(40))).up();
 * PeerSource alice = lab.alice().source();
 * // ... let the program under test use alice, and time pass:
 * boolean connected = lab.timeline().runUntil(lab::isConnected, Duration.ofSeconds(10));
 * Ping ping = lab.alice().wireGuard(NatLab.DEVICE).ping(NatLab.BOB_TUNNEL);
 * lab.timeline().runUntil(ping::isAnswered, Duration.ofSeconds(1));
 * }</pre>
 *
 * <p>A {@link io.wgsd.testkit.net.SimulatedRegistry} prepares real agents for these hosts, whose time is virtual too:
 *
 * <pre>{@code
 * NatLab lab = NatLab.builder().up();
 * SimulatedRegistry registry = SimulatedRegistry.start(lab.registry(), NatLab.DEVICE);
 * DiscoveryAgent alice = registry.agent(lab.alice(), NatLab.DEVICE).listener(System.out::println).start();
 * DiscoveryAgent bob = registry.agent(lab.bob(), NatLab.DEVICE).start();
 * boolean direct = lab.timeline().runUntil(lab::isConnected, Duration.ofSeconds(10));
 * lab.bobNat().remap();
 * lab.timeline().runFor(Duration.ofMinutes(5));
 * }</pre>
 *
 * <p>Where two NATs cannot be punched, a {@link io.wgsd.testkit.net.SimulatedRelay} carries what peers send each other:
 *
 * <pre>{@code
 * NatLab lab = NatLab.builder().nat(NatKind.SYMMETRIC).relay("relay").up();
 * SimulatedRegistry registry = SimulatedRegistry.start(lab.registry(), NatLab.DEVICE).announce(lab.relay("relay"));
 * lab.relay("relay").restart();
 * }</pre>
 *
 * <p>What is not simulated: cookies under load, path MTU, and congestion.
 *
 * <p>In the house, this package is in the test kit, above {@code testkit.memory}, {@code discovery}, {@code spi} and
 * {@code model}. Its rooms, which are not exported, with the class to read first in each:
 *
 * <ul>
 *   <li>{@code time}: events, alarms and tasks in virtual time ({@code EventLoop})
 *   <li>{@code random}: chance that follows from a seed ({@code Randomness})
 *   <li>{@code nat}: a NAT's mappings and filters ({@code NatTable})
 *   <li>{@code ip}: addresses, packet sizes and ICMP errors ({@code IcmpLimit})
 *   <li>{@code registry}: how agents ask a simulated registry ({@code SimulatedLookup})
 *   <li>{@code relay}: what a relay does with each message ({@code RelayProtocol})
 *   <li>{@code lab}: the keys and hosts of a lab ({@code LabNodes})
 *   <li>{@code wireguard}: the protocol of one device and its peers ({@code WireGuardPeer})
 * </ul>
 */
@NullMarked
package io.wgsd.testkit.net;

import org.jspecify.annotations.NullMarked;
