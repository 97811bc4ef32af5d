/** Any system's WireGuard as a peer source, by its {@code wg} command. */
module io.wgsd.backend.cli {
    requires transitive io.wgsd.api;
    requires static org.jspecify;

    exports io.wgsd.backend.cli;

    provides io.wgsd.spi.PeerSourceProvider with
            io.wgsd.backend.cli.CliPeerSourceProvider;
}
