package com.example.peers;

import io.wgsd.model.Peer;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import io.wgsd.spi.WireGuardException;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints the peers of all devices whose sockets are in a directory, reached by a certain transport where one is named.
 */
public final class ListPeers {

    private ListPeers() {}

    public static void main(String[] args) throws WireGuardException {
        PeerSourceOptions options = PeerSourceOptions.defaults().withSetting("uapi.directory", args[0]);
        if (args.length > 1) {
            options = options.withSetting("uapi.transport", args[1]);
        }
        try (PeerSource source = PeerSources.open(options)) {
            lines(source).forEach(System.out::println);
        }
    }

    static List<String> lines(PeerSource source) throws WireGuardException {
        List<String> lines = new ArrayList<>();
        for (String device : source.deviceNames()) {
            for (Peer peer : source.read(device).peers()) {
                String endpoint = peer.endpoint().map(Object::toString).orElse("somewhere");
                lines.add(device + ": " + peer.publicKey() + " at " + endpoint + " has " + peer.allowedIps());
            }
        }
        return lines;
    }
}
