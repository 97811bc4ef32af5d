package io.wgsd.benchmarks.relay;

import io.wgsd.relay.Relay;
import io.wgsd.relay.RelayMembers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.stream.IntStream;

/**
 * A relay as a process of its own. Arguments: the address and the port to listen at, and how many members there are
 * besides the left one. It ends with its standard input.
 */
final class RelayHost {

    static final int RELAY = 1;
    static final int LEFT = 2;
    static final int RIGHT = 3;

    private RelayHost() {}

    public static void main(String[] args) throws IOException {
        RelayMembers members = RelayMembers.of(IntStream.range(LEFT, RIGHT + Integer.parseInt(args[2]))
                .mapToObj(number -> new WireGuardPeer(number).publicKey())
                .toList());
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
