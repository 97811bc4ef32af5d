package io.wgsd.command.host;

import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;

/** The networks to which this host is attached. */
public final class HostNetworks {

    private HostNetworks() {}

    /** Returns the networks of the interfaces other than one, without loopback and link-local ones. */
    public static List<IpPrefix> beside(String device) throws IOException {
        List<IpPrefix> networks = new ArrayList<>();
        for (NetworkInterface each : (Iterable<NetworkInterface>) NetworkInterface.networkInterfaces()::iterator) {
            if (each.getName().equals(device) || each.isLoopback()) {
                continue;
            }
            for (InterfaceAddress address : each.getInterfaceAddresses()) {
                IpAddress own = IpAddress.of(address.getAddress());
                int length = address.getNetworkPrefixLength();
                if (!own.isLinkLocal() && length > 0 && length <= own.bitLength()) {
                    networks.add(new IpPrefix(own, length));
                }
            }
        }
        return networks;
    }
}
