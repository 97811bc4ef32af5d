package io.wgsd.command.relay;

import io.wgsd.command.follow.ZoneServer;
import io.wgsd.command.options.RelaySettings;
import io.wgsd.model.IpPrefix;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The settings of a relay elsewhere than at the registry.
 *
 * @param relay where it is, and where its files are
 * @param server who has the zone whose peers are its members
 * @param dnsListen where it serves which members it hears; empty where it does not
 * @param mayTransfer who may have that besides holders of the key
 */
public record RelayServiceSettings(
        RelaySettings relay, ZoneServer server, List<InetSocketAddress> dnsListen, List<IpPrefix> mayTransfer) {

    /** Copies the lists. */
    public RelayServiceSettings {
        dnsListen = List.copyOf(dnsListen);
        mayTransfer = List.copyOf(mayTransfer);
    }
}
