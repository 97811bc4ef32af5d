/** Userspace WireGuard as a peer source, over its Unix socket. */
module io.wgsd.backend.uapi {
    requires transitive io.wgsd.api;
    requires jdk.net;
    // JNR is for systems other than Linux, or for those who ask for it; its jars are automatic modules, which jlink
    // refuses.
    requires static org.jnrproject.constants;
    requires static org.jnrproject.enxio;
    requires static org.jnrproject.ffi;
    requires static org.jnrproject.posix;
    requires static org.jnrproject.unixsocket;
    requires static org.jspecify;

    exports io.wgsd.backend.uapi;

    provides io.wgsd.spi.PeerSourceProvider with
            io.wgsd.backend.uapi.UapiPeerSourceProvider;
}
