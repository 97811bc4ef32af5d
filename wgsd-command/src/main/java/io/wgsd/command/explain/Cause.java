package io.wgsd.command.explain;

/**
 * What may be wrong.
 *
 * @param kind which cause it is
 * @param what the cause in a sentence
 * @param tells what would tell it from the others
 * @param remedy what to do about it
 */
public record Cause(Kind kind, String what, String tells, String remedy) {

    /** The causes that are known. */
    public enum Kind {
        DEVICE_GONE,
        NOT_A_PEER,
        REGISTRY_NOT_ASKED,
        REGISTRY_AWAY,
        REGISTRY_TUNNEL_DOWN,
        UDP_BLOCKED,
        NOT_LISTED,
        ENDPOINT_REFUSED,
        OTHER_FAMILY,
        CLOCK,
        FIREWALL_HERE,
        NO_ROUTE,
        NOTHING_SENT,
        PER_DESTINATION_NATS,
        PER_DESTINATION_NAT,
        NO_HAIRPIN,
        NO_AGENT_THERE,
        KEY_MISSING_THERE,
        PRESHARED_KEYS_DIFFER,
        PEER_AWAY,
        FILTERED_ON_THE_WAY,
        ONE_WAY,
        ALLOWED_IPS_MISSING_THERE,
        FIREWALL_THERE,
        JUST_CUT,
        DUPLICATED_KEY,
        MTU
    }
}
