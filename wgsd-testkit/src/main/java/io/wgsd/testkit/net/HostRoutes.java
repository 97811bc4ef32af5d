package io.wgsd.testkit.net;

import io.wgsd.discovery.Routes;
import io.wgsd.model.IpAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The routes of a simulated host. */
record HostRoutes(SimulatedHost host) implements Routes {

    @Override
    public Set<IpAddress> addresses() {
        Set<IpAddress> all = new HashSet<>(host.addresses().all());
        interfaces().forEach(tunnel -> all.addAll(tunnel.addresses()));
        return all;
    }

    @Override
    public Set<IpAddress> addresses(String device) {
        return interfaces().stream()
                .filter(tunnel -> tunnel.name().equals(device))
                .findFirst()
                .map(SimulatedWireGuard::addresses)
                .orElse(Set.of());
    }

    @Override
    public Optional<IpAddress> source(InetSocketAddress destination) {
        IpAddress to = IpAddress.of(destination.getAddress());
        return interfaces().stream()
                .filter(tunnel -> tunnel.routes(to))
                .flatMap(tunnel -> tunnel.addresses().stream())
                .filter(address -> address.isIpv6() == to.isIpv6())
                .findFirst()
                .or(() -> Optional.ofNullable(host.addresses().family(to.isIpv6())));
    }

    private Collection<SimulatedWireGuard> interfaces() {
        return host.interfaces();
    }
}
