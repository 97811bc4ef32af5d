package io.wgsd.testkit.net;

import io.wgsd.testkit.net.nat.NatRules;
import java.time.Duration;
import java.util.Optional;

/**
 * How a NAT maps and filters UDP, in the terms of RFC 4787. {@link NatKind} has names for the usual ones:
 *
 * <pre>{@code
 * NatBehaviour.of(Mapping.ADDRESS_DEPENDENT, Filtering.ADDRESS_AND_PORT_DEPENDENT)
 *         .withPorts(Ports.SEQUENTIAL)
 *         .withHairpin()
 *         .withMappingLife(Duration.ofSeconds(20));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface NatBehaviour permits NatKind, NatRules {

    /** What a public address and port stands for (section 4.1). */
    enum Mapping {
        /** Nothing is translated: the addresses inside are routed, as by a firewall. */
        NONE("none"),
        /** One public port for each inside socket. */
        ENDPOINT_INDEPENDENT("eim"),
        /** One public port for each inside socket and each address that it sends to. */
        ADDRESS_DEPENDENT("adm"),
        /** One public port for each inside socket and each address and port that it sends to. */
        ADDRESS_AND_PORT_DEPENDENT("apdm");

        private final String word;

        Mapping(String word) {
            this.word = word;
        }

        /** Returns the word that {@code lab/nat-lab} has for it. */
        @Override
        public String toString() {
            return word;
        }
    }

    /** From whom a mapping lets datagrams in (section 5). */
    enum Filtering {
        /** From everyone, even without a mapping: only where nothing is translated. */
        NONE("none"),
        /** From everyone, once there is the mapping. */
        ENDPOINT_INDEPENDENT("eif"),
        /** From addresses that were sent to. */
        ADDRESS_DEPENDENT("adf"),
        /** From addresses and ports that were sent to. */
        ADDRESS_AND_PORT_DEPENDENT("apdf");

        private final String word;

        Filtering(String word) {
            this.word = word;
        }

        /** Returns the word that {@code lab/nat-lab} has for it. */
        @Override
        public String toString() {
            return word;
        }
    }

    /** Which public port a new mapping gets (section 4.2). */
    enum Ports {
        /** The inside port if it is free, else a random one. */
        PRESERVED,
        /** The next one: 40000, 40001, and so on. */
        SEQUENTIAL,
        /** A random one. */
        RANDOM
    }

    /**
     * Returns a NAT that maps and filters so. Ports are preserved where the mapping is independent, else random.
     *
     * @param mapping what a public port stands for
     * @param filtering whom it lets in
     * @return the behaviour, without hairpinning, with the mapping life of its NAT's builder
     * @throws IllegalArgumentException if it translates but does not filter at all
     */
    static NatBehaviour of(Mapping mapping, Filtering filtering) {
        return NatRules.of(mapping, filtering);
    }

    /**
     * Returns what is no NAT at all: a router that neither translates nor filters.
     *
     * @return the behaviour
     */
    static NatBehaviour open() {
        return NatRules.of(Mapping.NONE, Filtering.NONE);
    }

    /**
     * Returns what a public port stands for.
     *
     * @return the mapping
     */
    Mapping mapping();

    /**
     * Returns whom a mapping lets in.
     *
     * @return the filtering
     */
    Filtering filtering();

    /**
     * Returns which public port a new mapping gets.
     *
     * @return the ports; of no effect where nothing is translated
     */
    Ports ports();

    /**
     * Returns whether hosts behind it reach each other by its public address (section 6).
     *
     * @return false by default
     */
    boolean hairpin();

    /**
     * Returns after how long without traffic in either direction a mapping is forgotten (section 4.3).
     *
     * @return the time; empty where the NAT's builder says it
     */
    Optional<Duration> mappingLife();

    /**
     * Returns this with hairpinning.
     *
     * @return another behaviour
     * @throws IllegalArgumentException if nothing is translated
     */
    default NatBehaviour withHairpin() {
        return NatRules.copyOf(this, ports(), true, mappingLife());
    }

    /**
     * Returns this with another choice of ports.
     *
     * @param ports which public port a new mapping gets
     * @return another behaviour
     * @throws IllegalArgumentException if nothing is translated, or ports are to be preserved by a dependent mapping
     */
    default NatBehaviour withPorts(Ports ports) {
        return NatRules.copyOf(this, ports, hairpin(), mappingLife());
    }

    /**
     * Returns this with another life of mappings.
     *
     * @param life after how long without traffic a mapping is forgotten, more than zero
     * @return another behaviour
     */
    default NatBehaviour withMappingLife(Duration life) {
        return NatRules.copyOf(this, ports(), hairpin(), Optional.of(life));
    }
}
