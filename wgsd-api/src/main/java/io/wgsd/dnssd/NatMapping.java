package io.wgsd.dnssd;

import java.util.Arrays;
import java.util.Optional;

/** How a peer's NAT chooses the external address and port of what the peer sends (RFC 4787, section 4.1). */
public enum NatMapping {
    /** The same for all destinations, so that others can send to where the registry sees the peer. */
    ENDPOINT_INDEPENDENT("eim"),
    /** Another one for each address and port of a destination. */
    ADDRESS_AND_PORT_DEPENDENT("apdm"),
    /** Another one for other destinations; whether their ports matter is not known. */
    DEPENDENT("dep");

    private final String text;

    NatMapping(String text) {
        this.text = text;
    }

    /**
     * Returns how a zone writes it.
     *
     * @return the value of {@code nat=} in a peer's TXT
     */
    public String text() {
        return text;
    }

    /**
     * Reads what a zone says.
     *
     * @param text the value of {@code nat=}
     * @return the mapping; empty where the text means none that is known here
     */
    public static Optional<NatMapping> of(String text) {
        return Arrays.stream(values())
                .filter(mapping -> mapping.text.equals(text))
                .findFirst();
    }
}
