package io.wgsd.portmap.upnp;

import io.wgsd.model.IpAddress;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The search for a router's description: UPnP Device Architecture 1.0, section 1.2. */
final class SsdpMessages {

    static final String MULTICAST = "239.255.255.250";

    private static final int LONGEST = 4096;
    private static final String GATEWAY_DEVICE = "urn:schemas-upnp-org:device:InternetGatewayDevice:";

    private SsdpMessages() {}

    /**
     * Writes a search for a router.
     *
     * @param version the device's version, 1 or 2
     */
    static byte[] search(int version) {
        return ("M-SEARCH * HTTP/1.1\r\nHOST: " + MULTICAST + ":1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: "
                        + GATEWAY_DEVICE + version + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads an answer.
     *
     * @param router who has sent it
     * @return where the router's description is; empty if it is not about a router
     * @throws ProtocolException if it is no answer, or leads away from the router
     */
    static Optional<HttpTarget> location(byte[] datagram, IpAddress router) throws ProtocolException {
        if (datagram.length > LONGEST) {
            throw new ProtocolException("an SSDP answer of " + datagram.length + " bytes");
        }
        String[] lines = new String(datagram, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
        if (!lines[0].matches("HTTP/1\\.[01] 200( .*)?")) {
            throw new ProtocolException("what is no SSDP answer");
        }
        String location = "";
        String target = "";
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                switch (line.substring(0, colon).trim().toLowerCase(Locale.ROOT)) {
                    case "location" -> location = line.substring(colon + 1).trim();
                    case "st" -> target = line.substring(colon + 1).trim();
                    default -> {
                        // What nobody needs.
                    }
                }
            }
        }
        return target.startsWith(GATEWAY_DEVICE) ? Optional.of(HttpTarget.parse(location, router)) : Optional.empty();
    }
}
