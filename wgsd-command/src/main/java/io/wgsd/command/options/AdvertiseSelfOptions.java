package io.wgsd.command.options;

import io.wgsd.dnssd.SelfOptions;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.UnusableAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Whether and how the registry's own device is advertised. */
final class AdvertiseSelfOptions {

    private static final String FIND = "";
    private static final IpPrefix UNIQUE_LOCAL = IpPrefix.parse("fc00::/7");

    private final OptionSpec self = OptionSpecs.one(String.class, "--self")
            .paramLabel("HOST:PORT")
            .arity("0..1")
            .fallbackValue(FIND)
            .description("Advertise the device itself, at this address or at the host's one global address.")
            .build();

    private final OptionSpec allowedIps = OptionSpecs.many(String.class, "--self-allowed-ips")
            .paramLabel("PREFIX")
            .splitRegex(",")
            .description("The allowed IPs to advertise with it.")
            .build();

    CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this).addOption(self).addOption(allowedIps);
    }

    Optional<SelfOptions> options(Device device) throws SocketException {
        String endpoint = self.getValue();
        List<IpPrefix> prefixes = allowedIps.<List<String>>getValue().stream()
                .map(IpPrefix::parse)
                .toList();
        if (endpoint == null) {
            if (!prefixes.isEmpty()) {
                throw new UsageException("--self-allowed-ips needs --self");
            }
            return Optional.empty();
        }
        if (endpoint.equals(FIND)) {
            return Optional.of(new SelfOptions(onlyGlobalAddress(device), OptionalInt.empty(), prefixes));
        }
        Endpoint own = Endpoint.parse(endpoint);
        if (isInTunnel(device, own.address())) {
            throw new UsageException(
                    "--self " + endpoint + " is an address of the tunnel, where nobody can reach the device"
                            + " from outside; give the host's public address");
        }
        Optional<String> unusable = UnusableAddress.reason(own.address());
        if (unusable.isPresent()) {
            throw new UsageException("--self " + endpoint + " is an address that no other host can send to: "
                    + unusable.get() + "; give the host's public address");
        }
        return Optional.of(new SelfOptions(own.address(), OptionalInt.of(own.port()), prefixes));
    }

    /**
     * Returns the addresses at which peers reach the device: in each family the one that was given, or else all that
     * the host has.
     */
    Set<IpAddress> addresses(Device device) throws SocketException {
        String endpoint = self.getValue();
        Set<IpAddress> found =
                addresses(device, address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress());
        if (endpoint != null && !endpoint.equals(FIND)) {
            IpAddress given = Endpoint.parse(endpoint).address();
            found.removeIf(address -> address.isIpv6() == given.isIpv6());
            found.add(given);
        }
        return found;
    }

    private static Set<IpAddress> addresses(Device device, Predicate<InetAddress> wanted) throws SocketException {
        Set<IpAddress> found = new TreeSet<>();
        for (NetworkInterface link : NetworkInterface.networkInterfaces().toList()) {
            if (!link.getName().equals(device.name())) {
                link.inetAddresses()
                        .filter(wanted)
                        .map(IpAddress::of)
                        .filter(address -> !isInTunnel(device, address))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static IpAddress onlyGlobalAddress(Device device) throws SocketException {
        Set<IpAddress> found = addresses(device, AdvertiseSelfOptions::isGlobal);
        if (found.size() != 1) {
            throw new UsageException("--self needs the host's one global address, but there "
                    + (found.isEmpty() ? "is none" : "are several: " + found)
                    + "; give it, as in --self 192.0.2.1:51820");
        }
        return found.iterator().next();
    }

    private static boolean isGlobal(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && !UNIQUE_LOCAL.contains(IpAddress.of(address));
    }

    private static boolean isInTunnel(Device device, IpAddress address) {
        try {
            NetworkInterface link = NetworkInterface.getByName(device.name());
            if (link != null && link.inetAddresses().map(IpAddress::of).anyMatch(address::equals)) {
                return true;
            }
        } catch (SocketException e) {
            // Without the interface's addresses, the allowed IPs of its peers are enough.
        }
        return CryptokeyRouting.of(device).routeWithoutDefault(address).isPresent();
    }
}
