package io.wgsd.portmap.protocol;

import io.wgsd.portmap.Gateway;
import io.wgsd.portmap.MappingOffer;
import io.wgsd.portmap.MappingProtocol;
import java.util.function.Consumer;

/**
 * Asks routers by one protocol. Each method blocks for some seconds at most. Not thread-safe.
 *
 * <p>What a router sends is checked; what makes no sense is as if it had not been sent.
 */
public interface MappingClient {

    /** What has become of a mapping. */
    enum Check {
        /** The router still holds it. */
        KEPT,
        /** The router has forgotten it, or another external address now: it is to be asked for again. */
        LOST,
        /** The router did not answer. */
        UNKNOWN
    }

    /** Which protocol it is. */
    MappingProtocol protocol();

    /**
     * Asks for a mapping, or renews it.
     *
     * @param wish what is wanted
     * @param keep is given what the router may hold from now on, before it is asked
     */
    Outcome map(Wish wish, Consumer<Held> keep);

    /** Asks whether the router still holds a mapping, without asking for it again. */
    Check check(Held held);

    /**
     * Ends a mapping.
     *
     * @return whether the router has confirmed that it holds nothing any more
     */
    boolean release(Held held);

    /** Asks whether a router speaks this protocol, and maps nothing. */
    MappingOffer offer(Gateway gateway);
}
