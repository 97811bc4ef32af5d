/** Userspace WireGuard as a peer source, over its Unix socket. */
module io.wgsd.backend.uapi {
    requires transitive io.wgsd.api;
    requires jdk.net;
    requires org.jnrproject.constants;
    requires org.jnrproject.enxio;
    requires org.jnrproject.ffi;
    requires org.jnrproject.posix;
    requires org.jnrproject.unixsocket;
    // JNR's automatic modules use ASM but cannot say so, and ASM's explicit modules are resolved only for who does.
    requires org.objectweb.asm;
    requires static org.jspecify;

    exports io.wgsd.backend.uapi;

    provides io.wgsd.spi.PeerSourceProvider with
            io.wgsd.backend.uapi.UapiPeerSourceProvider;
}
