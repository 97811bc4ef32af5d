package io.wgsd.tests.tunnel;

import java.util.List;
import java.util.stream.Stream;

/** How a NAT of the lab maps and filters, in the terms of RFC 4787, sections 4 and 5. */
record NatKind(Mapping mapping, Filtering filtering) {

    enum Mapping {
        NONE("none"),
        ENDPOINT_INDEPENDENT("eim"),
        ADDRESS_DEPENDENT("adm"),
        ADDRESS_AND_PORT_DEPENDENT("apdm");

        private final String word;

        Mapping(String word) {
            this.word = word;
        }

        /** Returns whether every destination sees the port that the registry sees. */
        private boolean independent() {
            return this == NONE || this == ENDPOINT_INDEPENDENT;
        }
    }

    enum Filtering {
        ENDPOINT_INDEPENDENT("eif"),
        ADDRESS_DEPENDENT("adf"),
        ADDRESS_AND_PORT_DEPENDENT("apdf");

        private final String word;

        Filtering(String word) {
            this.word = word;
        }
    }

    /** Returns each mapping with each filtering. */
    static List<NatKind> all(Mapping... mappings) {
        return Stream.of(mappings)
                .flatMap(mapping -> Stream.of(Filtering.values()).map(filtering -> new NatKind(mapping, filtering)))
                .toList();
    }

    /**
     * Returns whether peers behind these two can have a direct tunnel. On one side the packets to the endpoint that the
     * registry sees must get in; WireGuard then answers to where they came from.
     */
    boolean isDirectWith(NatKind other) {
        return letsIn(other) || other.letsIn(this);
    }

    private boolean letsIn(NatKind sender) {
        return switch (filtering) {
            case ENDPOINT_INDEPENDENT -> true;
            case ADDRESS_DEPENDENT -> mapping.independent();
            case ADDRESS_AND_PORT_DEPENDENT -> mapping.independent() && sender.mapping.independent();
        };
    }

    /** Returns its name in the lab, as in {@code eim/apdf}. */
    @Override
    public String toString() {
        return mapping.word + "/" + filtering.word;
    }
}
