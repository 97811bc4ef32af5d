package io.wgsd.server.zone;

import io.wgsd.model.IpAddress;
import io.wgsd.server.transport.bind.Links;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the addresses that a registry listens at its zone gives for its name server, where nobody has said that.
 *
 * <p>Those that were named, or the device's own. Of what a wildcard adds only the device's: a host has addresses that
 * are no business of a zone's readers. Not thread-safe.
 */
public final class NameServerAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(NameServerAddresses.class);

    private final List<InetSocketAddress> asked;
    private final Supplier<Set<IpAddress>> ofDevice;
    private List<InetSocketAddress> lastListening = List.of();
    private List<IpAddress> last = List.of();

    /**
     * Makes a choice.
     *
     * @param asked where the registry is set to listen, wildcards among them; empty for the device's addresses
     * @param ofDevice reads the device's addresses
     */
    NameServerAddresses(Collection<InetSocketAddress> asked, Supplier<Set<IpAddress>> ofDevice) {
        this.asked = List.copyOf(asked);
        this.ofDevice = ofDevice;
    }

    /** Makes the choice for a registry by the interfaces of this host. */
    public static NameServerAddresses ofThisHost(Collection<InetSocketAddress> asked, String device) {
        return new NameServerAddresses(asked, () -> addressesOf(device));
    }

    private static Set<IpAddress> addressesOf(String device) {
        try {
            return Links.ofThisHost().list().stream()
                    .filter(link -> link.name().equals(device))
                    .flatMap(link -> link.addresses().stream())
                    .map(address -> IpAddress.of(address).unmapped())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            LOG.debug("cannot list this host's interfaces: {}", e.toString());
            return Set.of();
        }
    }

    /** Chooses among the addresses at which the registry listens now. */
    public List<IpAddress> of(List<InetSocketAddress> listening) {
        if (!listening.equals(lastListening)) {
            last = choose(listening);
            lastListening = List.copyOf(listening);
        }
        return last;
    }

    private List<IpAddress> choose(List<InetSocketAddress> listening) {
        List<IpAddress> all = listening.stream()
                .map(NameServerAddresses::ip)
                .filter(address -> !(address.isIpv6() && address.isLinkLocal()))
                .distinct()
                .sorted()
                .toList();
        boolean wildcard = asked.stream().anyMatch(each -> each.getAddress().isAnyLocalAddress());
        List<IpAddress> candidates = wildcard ? filter(all, namedOrOfDevice()::contains) : all;
        // A name server is to be reached from other hosts; at loopback addresses only where there are no others.
        List<IpAddress> reachable = filter(candidates, address -> !address.isLoopback() && !address.isLinkLocal());
        return reachable.isEmpty() ? candidates : reachable;
    }

    private Set<IpAddress> namedOrOfDevice() {
        Set<IpAddress> addresses = asked.stream().map(NameServerAddresses::ip).collect(Collectors.toSet());
        addresses.addAll(ofDevice.get());
        return addresses;
    }

    private static List<IpAddress> filter(List<IpAddress> addresses, Predicate<IpAddress> condition) {
        return addresses.stream().filter(condition).toList();
    }

    private static IpAddress ip(InetSocketAddress address) {
        return IpAddress.of(address.getAddress()).unmapped();
    }
}
