package io.wgsd.testkit.net.nat;

import io.wgsd.testkit.net.NatBehaviour;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** A behaviour that has no name of its own. */
public record NatRules(
        Mapping mapping, Filtering filtering, Ports ports, boolean hairpin, Optional<Duration> mappingLife)
        implements NatBehaviour {

    /** Refuses what no NAT does. */
    public NatRules {
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(filtering, "filtering");
        Objects.requireNonNull(ports, "ports");
        if (filtering == Filtering.NONE && mapping != Mapping.NONE) {
            throw new IllegalArgumentException("a NAT that translates lets in only what has a mapping, was " + mapping
                    + "/none; use endpoint-independent filtering");
        }
        if (mapping == Mapping.NONE && hairpin) {
            throw new IllegalArgumentException("what does not translate has no hairpin");
        }
        if (ports == Ports.PRESERVED && usualPorts(mapping) != Ports.PRESERVED) {
            throw new IllegalArgumentException("only an independent mapping can preserve ports, was " + mapping);
        }
        if (mapping == Mapping.NONE && ports != Ports.PRESERVED) {
            throw new IllegalArgumentException("what does not translate keeps the inside port, was " + ports);
        }
        mappingLife.ifPresent(NatRules::checkLife);
    }

    public static NatRules of(Mapping mapping, Filtering filtering) {
        return new NatRules(mapping, filtering, usualPorts(mapping), false, Optional.empty());
    }

    public static NatRules copyOf(NatBehaviour other, Ports ports, boolean hairpin, Optional<Duration> life) {
        return new NatRules(other.mapping(), other.filtering(), ports, hairpin, life);
    }

    /** Returns the life of mappings, if it is one. */
    public static Duration checkLife(Duration life) {
        if (life.isZero() || life.isNegative()) {
            throw new IllegalArgumentException("mapping timeout must be more than zero, was " + life);
        }
        return life;
    }

    private static Ports usualPorts(Mapping mapping) {
        return mapping == Mapping.NONE || mapping == Mapping.ENDPOINT_INDEPENDENT ? Ports.PRESERVED : Ports.RANDOM;
    }

    /** Returns its name in {@code lab/nat-lab}, as in {@code eim/apdf,hairpin}. */
    @Override
    public String toString() {
        return mapping + "/" + filtering
                + (ports == usualPorts(mapping) ? "" : ",ports=" + ports.name().toLowerCase(Locale.ROOT))
                + (hairpin ? ",hairpin" : "")
                + mappingLife.map(life -> ",life=" + life.toSeconds()).orElse("");
    }
}
