package io.wgsd.discovery.exchange;

/** What a socket's selection key is for. */
interface ReadySocket {

    /** Does what the socket is ready for. */
    void ready();
}
