package io.wgsd.benchmarks.relay;

import io.wgsd.relay.Relay;
import io.wgsd.relay.RelayMembers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A relay as a process of its own, for two members. Arguments: the address and the port to listen at. It ends with its
 * standard input.
 */
final class RelayHost {

    static final int RELAY = 1;
    static final int LEFT = 2;
    static final int RIGHT = 3;

    private RelayHost() {}

    public static void main(String[] args) throws IOException {
        RelayMembers members =
                RelayMembers.of(List.of(new WireGuardPeer(LEFT).publicKey(), new WireGuardPeer(RIGHT).publicKey()));
        try (Relay relay = Relay.builder(WireGuardPeer.key(RELAY), members)
                .listen(new InetSocketAddress(args[0], Integer.parseInt(args[1])))
                .memberBytesPerSecond(1_000_000_000_000L)
                .start()) {
            System.out.println("ready");
            while (System.in.read() >= 0) {
                // It runs until nobody holds the other end.
            }
            System.out.println(relay.stats());
        }
    }
}
