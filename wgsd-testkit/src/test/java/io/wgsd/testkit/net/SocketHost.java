package io.wgsd.testkit.net;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** A host with one UDP socket, which writes down what it hears. */
final class SocketHost {

    final SimulatedHost host;
    final List<Datagram> heard = new ArrayList<>();
    private final int port;

    SocketHost(SimulatedHost host, int port) {
        this.host = host;
        this.port = port;
        host.bind(port, heard::add);
    }

    static SocketHost open(SimulatedNet net, String name, String address, int port) {
        return new SocketHost(net.host(name).address(IpAddress.parse(address)).attach(), port);
    }

    static SocketHost behind(SimulatedNat nat, SimulatedNet net, String name, String address, int port) {
        return new SocketHost(
                net.host(name).address(IpAddress.parse(address)).behind(nat).attach(), port);
    }

    boolean send(Endpoint to, Object payload) {
        return host.send(port, to, 10, payload);
    }

    Endpoint endpoint() {
        return Endpoint.of(host.address(false), port);
    }

    /** Returns where the latest datagram seemed to come from. */
    Endpoint latestSource() {
        return heard.get(heard.size() - 1).source();
    }

    List<Object> payloads() {
        return heard.stream().map(Datagram::payload).toList();
    }
}
