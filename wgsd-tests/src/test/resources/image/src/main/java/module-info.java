/** An application with a registry of its own, and whichever backends are in its runtime image. */
module com.example.image {
    requires io.wgsd.api;
    requires io.wgsd.server;
}
