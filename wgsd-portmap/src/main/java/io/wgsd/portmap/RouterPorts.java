package io.wgsd.portmap;

/**
 * At which ports a router is asked.
 *
 * @param control PCP's and NAT-PMP's
 * @param search UPnP's, for searches
 */
record RouterPorts(int control, int search) {

    /** RFC 6887, section 19.1, and UPnP Device Architecture 1.0, section 1.2. */
    static final RouterPorts STANDARD = new RouterPorts(5351, 1900);
}
