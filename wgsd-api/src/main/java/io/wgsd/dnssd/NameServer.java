package io.wgsd.dnssd;

import io.wgsd.dnssd.text.ZoneNameRules;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * A name server of a zone. Immutable and thread-safe.
 *
 * @param name an absolute host name, in the zone or outside
 * @param addresses where it is reached, which a zone gives for names in it only; empty where the zone does not say
 */
public record NameServer(Name name, List<IpAddress> addresses) {

    private static final String WHAT = "name server";

    /**
     * Makes a name server of a copy of the addresses, each once.
     *
     * @param name an absolute host name
     * @param addresses where it is reached
     * @throws FormatException if the name is relative or no host name, or no host could have one of the addresses
     */
    public NameServer {
        if (!name.isAbsolute() || name.equals(Name.root)) {
            throw new FormatException(WHAT, name.toString(), "must be a name in full that ends in a dot");
        }
        ZoneNameRules.checkHost(WHAT, name);
        addresses = addresses.stream().map(IpAddress::unmapped).distinct().toList();
        for (IpAddress address : addresses) {
            if (address.isUnspecified() || address.isMulticast()) {
                throw new FormatException(
                        WHAT,
                        name + "=" + address,
                        "has an address at which nobody can ask it; give one that hosts have");
            }
        }
    }

    /**
     * Reads a name server from text.
     *
     * @param text {@code NAME} or {@code NAME=ADDRESS,…}, the name with or without its last dot
     * @return the name server
     * @throws FormatException if the text is not so, or as the constructor has it
     */
    public static NameServer parse(String text) {
        int equals = text.indexOf('=');
        Name name = ZoneNameRules.parse(WHAT, equals < 0 ? text : text.substring(0, equals));
        List<IpAddress> addresses = new ArrayList<>();
        if (equals >= 0) {
            Arrays.stream(text.substring(equals + 1).split(",", -1))
                    .map(IpAddress::parse)
                    .forEach(addresses::add);
        }
        return new NameServer(name, addresses);
    }

    NameServer with(Collection<IpAddress> others) {
        return new NameServer(name, List.copyOf(others));
    }
}
