/** Userspace WireGuard as a peer source, over its Unix socket. */
module io.wgsd.backend.uapi {
    requires io.wgsd.api;
    requires org.jnrproject.unixsocket;
    // JNR's automatic modules use ASM but cannot say so, and ASM's explicit modules are resolved only for who does.
    requires org.objectweb.asm;
    requires static org.jspecify;
}
