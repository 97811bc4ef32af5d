package io.wgsd.command.netcheck;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A family of addresses, and how this host is in it.
 *
 * @param name {@code IPv4} or {@code IPv6}
 * @param local the address from which this host sends to the internet; empty where it has no route there
 * @param throughDevice whether the route leads through the WireGuard device itself
 */
public record Family(String name, Optional<InetAddress> local, boolean throughDevice) {

    static final String V4 = "IPv4";
    static final String V6 = "IPv6";

    static String of(Endpoint endpoint) {
        return endpoint.address().isIpv6() ? V6 : V4;
    }

    /** Returns whether an endpoint is at the address from which this host sends. */
    boolean isOwn(Endpoint endpoint) {
        return local.map(IpAddress::of).equals(Optional.of(endpoint.address()));
    }

    /** Returns what is known of it, given where registries see this host. */
    Fact fact(List<Endpoint> seen) {
        if (local.isEmpty()) {
            return Fact.good(name, "this host has no route to the internet").with("address", null);
        }
        String address = IpAddress.of(local.get()).toString();
        Fact fact = Fact.good(name, words(address, seen));
        return fact.with("address", address).with("throughDevice", throughDevice);
    }

    private String words(String address, List<Endpoint> seen) {
        if (throughDevice) {
            return "all packets of this host go through the device, from " + address
                    + "; what follows cannot be looked at from here";
        }
        List<Endpoint> ours =
                seen.stream().filter(endpoint -> of(endpoint).equals(name)).toList();
        if (ours.isEmpty()) {
            return "this host sends from " + address + "; no registry hears it by " + name;
        }
        List<Endpoint> translated =
                ours.stream().filter(endpoint -> !isOwn(endpoint)).toList();
        return translated.isEmpty()
                ? "this host sends from " + address + ", and that is where registries see it"
                : "this host sends from " + address + " behind a NAT, which makes it " + Words.join(translated);
    }
}
