package io.wgsd.server.nat;

import io.wgsd.model.IpAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A socket to which a peer sends, and which sees from where.
 *
 * @param addresses the addresses at one of which it is reached, in each family; none where that is not known
 * @param port its port
 */
public record Observer(Set<IpAddress> addresses, int port) {

    /** What is known of the addresses of two observers. */
    enum Distance {
        SAME_ADDRESS,
        OTHER_ADDRESS,
        UNKNOWN
    }

    /** Copies the set; an unspecified address says nothing. */
    public Observer {
        addresses =
                addresses.stream().filter(address -> !address.isUnspecified()).collect(Collectors.toSet());
    }

    /**
     * Returns what is known of its address and another's.
     *
     * @param other the other observer
     * @param ipv6 in which family
     */
    Distance distance(Observer other, boolean ipv6) {
        Set<IpAddress> here = addresses(ipv6);
        Collection<IpAddress> there = other.addresses(ipv6);
        if (here.isEmpty() || there.isEmpty()) {
            return Distance.UNKNOWN;
        }
        if (Collections.disjoint(here, there)) {
            return Distance.OTHER_ADDRESS;
        }
        return here.size() == 1 && there.size() == 1 ? Distance.SAME_ADDRESS : Distance.UNKNOWN;
    }

    private Set<IpAddress> addresses(boolean ipv6) {
        return addresses.stream().filter(address -> address.isIpv6() == ipv6).collect(Collectors.toSet());
    }
}
