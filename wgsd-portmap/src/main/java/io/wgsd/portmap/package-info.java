/**
 * Port mapping: has the router before this host forward a UDP port to it, so that peers reach it from outside.
 *
 * <pre>{@code
 * PortMapperGateways gateways = () -> Optional.of(
 *         Gateway.of(IpAddress.parse("192.168.1.1"), IpAddress.parse("192.168.1.20")));
 * try (PortMapper mapper = PortMapper.builder(gateways)
 *         .store(PortMapperStore.inFile(Path.of("/var/lib/wgsd/wg0.portmap")))
 *         .start()) {
 *     mapper.port(51820);
 *     // Until it is closed, it keeps the mapping: mapper.mapping() is where the router says that this host is.
 * }
 * }</pre>
 *
 * <p>Read {@link io.wgsd.portmap.PortMapper} first. It depends on {@code io.wgsd.model} alone; nothing in the library
 * depends on it. {@code MapperLoop} decides when a router is asked, and what. Beneath it, not for users:
 *
 * <ul>
 *   <li>{@code protocol}: what all protocols have in common; begin with {@code MappingClient}
 *   <li>{@code exchange}: questions to a router, and nobody else's answers; begin with {@code UdpExchange}
 *   <li>{@code pcp}: the Port Control Protocol, RFC 6887; begin with {@code PcpClient}
 *   <li>{@code natpmp}: NAT-PMP, RFC 6886; begin with {@code NatPmpClient}
 *   <li>{@code upnp}: UPnP's Internet Gateway Device; begin with {@code UpnpClient}
 *   <li>{@code state}: what is kept for the next start; begin with {@code StateText}
 * </ul>
 */
@NullMarked
package io.wgsd.portmap;

import org.jspecify.annotations.NullMarked;
