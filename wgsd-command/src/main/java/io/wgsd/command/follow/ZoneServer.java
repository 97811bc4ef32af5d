package io.wgsd.command.follow;

import io.wgsd.dnssd.TsigKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * The server of a zone that is followed.
 *
 * @param zone the zone's name
 * @param where how its users write the server's address
 * @param address finds the address, before each attempt
 * @param key what signs requests and responses; empty for no signatures
 * @param onRefusal what to do where the server refuses a transfer, to end a sentence with
 */
public record ZoneServer(Name zone, String where, Address address, Optional<TsigKey> key, String onRefusal) {

    /** Finds an address, which may take a while where it has a name. */
    @FunctionalInterface
    public interface Address {
        InetSocketAddress find() throws IOException, InterruptedException;
    }

    @Override
    public String toString() {
        return "zone " + zone.toString(true) + " from " + where;
    }
}
