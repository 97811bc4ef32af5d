package io.wgsd.portmap;

/** How a router is asked to forward a port. */
public enum MappingProtocol {
    /** The Port Control Protocol, RFC 6887. */
    PCP("PCP"),
    /** The NAT Port Mapping Protocol, RFC 6886. */
    NAT_PMP("NAT-PMP"),
    /** UPnP's Internet Gateway Device. */
    UPNP("UPnP");

    private final String title;

    MappingProtocol(String title) {
        this.title = title;
    }

    /** Returns its usual name, as in "NAT-PMP". */
    @Override
    public String toString() {
        return title;
    }
}
