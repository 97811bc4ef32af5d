package io.wgsd.testkit.net;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.testkit.net.ip.Addresses;
import io.wgsd.testkit.net.wireguard.Hearer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which node is reached by which address without translation (RFC 2663, section 2.1): the internet, or a NAT's inside.
 */
final class AddressRealm {

    private final SimulatedNet net;
    private final @Nullable SimulatedNat gateway;
    private final Map<IpAddress, Node> nodes = new HashMap<>();

    /** Makes the inside of a NAT; without a gateway, the internet. */
    AddressRealm(SimulatedNet net, @Nullable SimulatedNat gateway) {
        this.net = net;
        this.gateway = gateway;
    }

    boolean isInternet() {
        return gateway == null;
    }

    boolean isGateway(Node node) {
        return node == gateway;
    }

    /** Adds a node; where the gateway does not translate, its addresses are known outside too. */
    void enter(Node node, Addresses addresses) {
        put(node, addresses.v4());
        put(node, addresses.v6());
        if (gateway != null && gateway.isRouter()) {
            gateway.outside().enter(gateway, addresses);
        }
    }

    void leave(Addresses addresses) {
        nodes.remove(addresses.v4());
        nodes.remove(addresses.v6());
        if (gateway != null && gateway.isRouter()) {
            gateway.outside().leave(addresses);
        }
    }

    @Nullable
    Node at(IpAddress address) {
        return nodes.get(address);
    }

    /** Forwards a datagram of one of the realm's nodes towards its destination. */
    void forward(Node from, Datagram datagram) {
        Node to = nodes.get(datagram.destination().address());
        if (to != null) {
            net.carry(this, from, to, datagram);
        } else if (gateway != null) {
            gateway.leave(datagram);
        } else {
            net.trace().record(NetEvent.Kind.UNROUTABLE, from, datagram);
        }
    }

    /**
     * Returns where a datagram would arrive now, except for random loss, without sending it; null if it would not
     * arrive.
     */
    @Nullable
    Delivery delivery(Node from, Endpoint source, Endpoint destination) {
        Node to = nodes.get(destination.address());
        if (to == null) {
            return gateway == null ? null : gateway.deliveryOutside(source, destination);
        }
        if (!net.lets(this, from, to)) {
            return null;
        }
        if (to instanceof SimulatedNat nat) {
            return nat.deliveryInside(source, destination);
        }
        return to instanceof SimulatedHost host ? new Delivery(host, destination.port(), source) : null;
    }

    private void put(Node node, @Nullable IpAddress address) {
        if (address == null) {
            return;
        }
        Node other = nodes.putIfAbsent(address, node);
        if (other != null && other != node) {
            throw new IllegalArgumentException(
                    node.name() + " cannot have " + address + ": " + other.name() + " has it");
        }
    }

    /** Where a datagram arrives: at a host's port, from a source as the last NAT on its way leaves it. */
    record Delivery(SimulatedHost host, int port, Endpoint source) {

        /** Returns who hears data under an index there: a WireGuard, or the one to which a relay sends it on. */
        @Nullable
        Hearer hearer(int index) {
            SimulatedRelay relay = host.relay();
            if (relay != null && relay.listensOn(port)) {
                return relay.hearer(source, index);
            }
            return host.interfaces().stream()
                    .map(SimulatedWireGuard::protocol)
                    .filter(device -> device.listensOn(port))
                    .findFirst()
                    .orElse(null);
        }
    }
}
