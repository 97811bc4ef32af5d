package io.wgsd.server.answer;

import io.wgsd.dnssd.Zone;
import io.wgsd.members.Member;
import io.wgsd.members.MembersZone;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.zone.Journal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * The zone of a network's members, which its owner has signed, and who may have it: the members themselves, this host,
 * and holders of a TSIG key. Immutable and thread-safe.
 */
public final class ServedMembers {

    private final Name origin;
    private final @Nullable Journal journal;
    private final @Nullable VerifiedNetwork network;
    private final Set<PublicKey> members;
    private final byte[] suffix;

    private ServedMembers(
            Name origin, @Nullable Journal journal, @Nullable VerifiedNetwork network, Set<PublicKey> members) {
        this.origin = origin;
        this.journal = journal;
        this.network = network;
        this.members = members;
        suffix = origin.toWire();
    }

    /** Returns that there is such a zone, of which nothing is known yet. */
    public static ServedMembers unknown(Name origin) {
        return new ServedMembers(origin, null, null, Set.of());
    }

    /** Returns what is served once an owner has signed this network, which is newer than what was served before. */
    public ServedMembers next(VerifiedNetwork newer) {
        if (!MembersZone.names(newer.network().names()).origin().equals(origin)) {
            throw new IllegalArgumentException(newer + " is not of the zone " + origin);
        }
        Zone zone = Zone.ofSigned(newer.records());
        return new ServedMembers(
                origin,
                journal == null ? Journal.of(zone) : journal.next(zone),
                newer,
                newer.network().members().stream().map(Member::publicKey).collect(Collectors.toUnmodifiableSet()));
    }

    public Optional<VerifiedNetwork> network() {
        return Optional.ofNullable(network);
    }

    /** Returns the start of authority of what a client may have; empty where it may have nothing. */
    public Optional<SOARecord> soa(Grant grant) {
        return allows(grant, false) ? journal().map(each -> each.zone().soa()) : Optional.empty();
    }

    Optional<Journal> journal() {
        return Optional.ofNullable(journal);
    }

    Name origin() {
        return origin;
    }

    /** Returns whether a question is about this zone; its DS records are the parent's (RFC 4035, section 3.1.4.1). */
    boolean concerns(Name name, int type) {
        return name.subdomain(origin) && !(type == Type.DS && name.equals(origin));
    }

    /** Returns whether a client may have answers, or the whole zone. */
    boolean allows(Grant grant, boolean transfer) {
        if (grant.peer() != null) {
            return members.contains(grant.peer());
        }
        // Without a peer only this host and the holder of a key are known.
        return grant.known() && grant.access().compareTo(transfer ? Access.TRANSFER : Access.KNOWN_KEYS) >= 0;
    }

    /** Returns whether the name in a message's question may be one of this zone's, as far as its bytes show. */
    public boolean mayConcern(byte[] message, int length) {
        int end = WireName.end(message, length);
        return end >= 0 && WireName.endsWith(message, end, suffix);
    }
}
