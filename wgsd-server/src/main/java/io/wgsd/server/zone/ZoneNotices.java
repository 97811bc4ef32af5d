package io.wgsd.server.zone;

import io.wgsd.dnssd.NameServer;
import io.wgsd.dnssd.Zone;
import java.util.ArrayList;
import java.util.List;

/** What an operator should know of a zone that is served, each told when it begins. Not thread-safe. */
public final class ZoneNotices {

    /** What resolvers of BIND since 9.18.28 and dnsmasq take of one RRset. */
    private static final int COMMON_LIMIT = 100;

    private boolean longList;
    private boolean unreachable;

    /** Returns what to report of a zone, in lines. */
    public List<String> of(Zone zone) {
        List<String> lines = new ArrayList<>();
        int peers = zone.peers().size();
        boolean isLong = peers > COMMON_LIMIT && zone.options().listLimit().isEmpty();
        if (isLong && !longList) {
            lines.add("the list of " + zone.options().names().services() + " has passed " + COMMON_LIMIT + " peers ("
                    + peers + "), more than resolvers of BIND and dnsmasq take of one list; set a list limit of "
                    + COMMON_LIMIT + " where such are in front, or a higher one where they are not");
        }
        longList = isLong;
        NameServer primary = zone.options().nameServers().get(0);
        boolean hasNoAddress =
                primary.name().subdomain(zone.origin()) && primary.addresses().isEmpty();
        if (hasNoAddress && !unreachable) {
            lines.add(
                    "the zone " + zone.origin() + " gives no address of its name server " + primary.name()
                            + ", because no other host can use any of those that the registry listens on; name the server with its address");
        }
        unreachable = hasNoAddress;
        return lines;
    }
}
