package io.wgsd.dnssd;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;

/**
 * A name that exists in a zone, with its RRsets; one without any is an empty non-terminal (RFC 8020).
 *
 * <p>Immutable and thread-safe as long as nobody changes the RRsets, whose type allows it.
 */
public final class ZoneNode {

    private final Name name;
    private final List<RRset> rrsets;

    ZoneNode(Name name, List<RRset> rrsets) {
        this.name = name;
        this.rrsets = List.copyOf(rrsets);
    }

    /**
     * Returns the node's name.
     *
     * @return the name as the zone writes it, in lower case but for the origin
     */
    public Name name() {
        return name;
    }

    /**
     * Returns all RRsets of the name.
     *
     * @return the RRsets in ascending order of their types; not to be changed
     */
    public List<RRset> rrsets() {
        return rrsets;
    }

    /**
     * Returns the RRset of one type.
     *
     * @param type as in {@link org.xbill.DNS.Type}
     * @return the RRset; empty where the name has none of that type
     */
    public Optional<RRset> rrset(int type) {
        for (RRset rrset : rrsets) {
            if (rrset.getType() == type) {
                return Optional.of(rrset);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return rrsets.isEmpty() ? name + " (empty)" : rrsets.toString();
    }
}
