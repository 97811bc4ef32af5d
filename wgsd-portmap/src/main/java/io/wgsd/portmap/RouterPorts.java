package io.wgsd.portmap;

/**
 * At which ports a router is asked.
 *
 * @param control PCP's and NAT-PMP's
 */
record RouterPorts(int control) {

    /** RFC 6887, section 19.1. */
    static final RouterPorts STANDARD = new RouterPorts(5351);
}
