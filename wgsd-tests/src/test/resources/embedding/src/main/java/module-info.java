/** An application that uses whichever backends lie beside it. */
module com.example.peers {
    requires io.wgsd.api;
}
