package io.wgsd.discovery.exchange;

/** What a socket's selection key is for. */
interface Ready {

    /** Does what the socket is ready for. */
    void ready();
}
