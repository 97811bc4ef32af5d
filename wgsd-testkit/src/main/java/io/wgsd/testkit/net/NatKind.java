package io.wgsd.testkit.net;

import java.time.Duration;
import java.util.Optional;

/**
 * The usual NATs, in the words of RFC 3489, section 5; {@link NatBehaviour} has all others. More kinds may be added.
 */
public enum NatKind implements NatBehaviour {
    /** One public port for each inside socket, open to everyone: endpoint-independent mapping and filtering. */
    FULL_CONE(Mapping.ENDPOINT_INDEPENDENT, Filtering.ENDPOINT_INDEPENDENT),

    /** One public port for each inside socket; hears only addresses that it has sent to. */
    ADDRESS_RESTRICTED_CONE(Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_DEPENDENT),

    /** One public port for each inside socket; hears only addresses and ports that it has sent to. */
    PORT_RESTRICTED_CONE(Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_AND_PORT_DEPENDENT),

    /** A random public port for each flow; hears only the address and port that the flow goes to. */
    SYMMETRIC(Mapping.ADDRESS_AND_PORT_DEPENDENT, Filtering.ADDRESS_AND_PORT_DEPENDENT);

    private final Mapping mapping;
    private final Filtering filtering;

    NatKind(Mapping mapping, Filtering filtering) {
        this.mapping = mapping;
        this.filtering = filtering;
    }

    @Override
    public Mapping mapping() {
        return mapping;
    }

    @Override
    public Filtering filtering() {
        return filtering;
    }

    /** Returns what is usual for the mapping: preserved ports where it is independent, else random ones. */
    @Override
    public Ports ports() {
        return mapping == Mapping.ENDPOINT_INDEPENDENT ? Ports.PRESERVED : Ports.RANDOM;
    }

    @Override
    public boolean hairpin() {
        return false;
    }

    @Override
    public Optional<Duration> mappingLife() {
        return Optional.empty();
    }
}
