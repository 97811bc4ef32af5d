package io.wgsd.examples;

import io.wgsd.model.Peer;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import io.wgsd.spi.WireGuardException;

/** Lists the peers of all WireGuard devices of this host, of any backend. */
public final class ListPeers {

    private ListPeers() {}

    /**
     * Prints one line for each peer: device, key, endpoint.
     *
     * @param arguments none
     * @throws WireGuardException if no backend is available, or a device cannot be read
     */
    public static void main(String[] arguments) throws WireGuardException {
        try (PeerSource wireGuard = PeerSources.open(PeerSourceOptions.defaults())) {
            for (String device : wireGuard.deviceNames()) {
                for (Peer peer : wireGuard.read(device).peers()) {
                    System.out.println(device + " " + peer.publicKey() + " "
                            + peer.endpoint().map(Object::toString).orElse("-"));
                }
            }
        }
    }
}
