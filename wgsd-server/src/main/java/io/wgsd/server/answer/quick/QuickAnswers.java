package io.wgsd.server.answer.quick;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneNode;
import io.wgsd.internal.Base32Keys;
import io.wgsd.server.answer.Responder;
import io.wgsd.server.answer.wire.LetterCase;
import io.wgsd.server.answer.wire.UsualRequest;
import io.wgsd.server.answer.wire.WireFormat;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A zone's answers to the usual questions in wire form, found by the question's bytes: an index that is made when the
 * zone changes, from which an answer is copied without an object made or a lock taken.
 *
 * <p>What is not here is left to {@link Responder}, and what is here is what it would say, to the byte. A peer's
 * answers are made again only if its advertisement has changed. Immutable and thread-safe.
 */
public final class QuickAnswers {

    /** What an answer that is not here comes to. */
    static final int NONE = 0;

    /** A table that is smaller is in the processor's caches, with all that it leads to. */
    private static final int WORTH_FETCHING = 1 << 14;

    /** {@code ====}, and a label's length before it. */
    private static final byte[] PADDING = {'=', '=', '=', '='};

    /** Nobody who chooses a key or a name knows where it goes in the tables. */
    private static final long SEED = new SecureRandom().nextLong();

    private final Zone zone;
    /** In the order of the zone's peers. */
    final PeerAnswers[] byKey;

    private final @Nullable PeerAnswers[] table;
    private final @Nullable OwnAnswers[] own;
    private final NegativeAnswer negative;
    private final byte[] origin;
    private final byte[] services;
    private final byte[] subtypes;
    private final byte[] candidates;
    /** With signatures; none where the zone has none. */
    private final @Nullable SignedAnswers signed;

    private QuickAnswers(Zone zone, PeerAnswers[] byKey, @Nullable PeerAnswers[] table) {
        this.zone = zone;
        this.byKey = byKey;
        this.table = table;
        own = own(zone);
        negative = NegativeAnswer.of(zone);
        origin = LetterCase.lower(zone.origin());
        services = LetterCase.lower(zone.options().names().services());
        subtypes = LetterCase.lower(new Name(zone.options().names().subtype("a"), 1));
        candidates = LetterCase.lower(zone.options().names().candidates());
        signed = zone.isSigned() ? new SignedAnswers(zone, SEED) : null;
    }

    /**
     * Makes the answers of a zone.
     *
     * @param zone the zone
     * @param earlier of others, perhaps earlier ones, of which answers for the same peers are taken over
     */
    public static QuickAnswers of(Zone zone, List<QuickAnswers> earlier) {
        if (!earlier.isEmpty() && earlier.get(0).zone.sharesPeersWith(zone)) {
            return new QuickAnswers(zone, earlier.get(0).byKey, earlier.get(0).table);
        }
        PeerAnswers[] made = new PeerAnswers[zone.peers().size()];
        for (QuickAnswers other : earlier) {
            if (other.zone.options().samePeerRecords(zone.options())) {
                takeOver(other, zone.peers(), made);
            }
        }
        for (int i = 0; i < made.length; i++) {
            if (made[i] == null) {
                made[i] = PeerAnswers.of(zone.options(), zone.peers().get(i));
            }
        }
        QuickAnswers last = earlier.isEmpty() ? null : earlier.get(0);
        return new QuickAnswers(
                zone, made, last != null && hasSameKeys(last.zone, zone) ? last.tableWith(made) : table(made));
    }

    /** Returns whether these are the answers of a zone. */
    boolean isOf(Zone other) {
        return zone == other;
    }

    /**
     * Answers a request.
     *
     * @param request what is asked
     * @param mayList whether the client may have lists of peers
     * @param response where the answer is written
     * @return how many bytes it has, or {@link #NONE}
     */
    int answer(UsualRequest request, boolean mayList, byte[] response) {
        if (request.dnssecOk() && signed != null) {
            return withSignatures(request, signed, mayList, response);
        }
        byte[] message = request.message();
        int label = message[WireFormat.HEADER_LENGTH];
        if (label == PeerAnswers.LABEL_LENGTH || label == Base32Keys.PADDED_LENGTH) {
            PeerAnswers peer = peer(message);
            if (peer != null) {
                int behind = request.nameEnd() - WireFormat.HEADER_LENGTH - 1 - label;
                boolean inServices = behind == services.length && request.endsWith(services);
                if (label == Base32Keys.PADDED_LENGTH
                        ? inServices && isPadded(message)
                        : inServices || behind == origin.length) {
                    return ofPeer(request, peer, inServices, response);
                }
            }
        }
        return request.endsWith(origin) ? ofZone(request, mayList, response) : NONE;
    }

    /**
     * Fetches from memory what answers will need. Each step is taken for all messages before the next, so that memory
     * is waited for once, and not for one message after the other.
     *
     * @param heads how the messages begin
     * @param count how many there are
     * @param found has a place for what is found of each
     * @return a number that depends on all that was fetched
     */
    int fetch(byte[][] heads, int count, @Nullable PeerAnswers[] found) {
        if (table.length < WORTH_FETCHING) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            int hash = LetterCase.hash(heads[i], WireFormat.HEADER_LENGTH + 1, PeerAnswers.LABEL_LENGTH, SEED);
            found[i] = table[hash & table.length - 1];
        }
        int sum = 0;
        for (int i = 0; i < count; i++) {
            PeerAnswers peer = found[i];
            sum += peer == null ? 0 : peer.length();
        }
        for (int i = 0; i < count; i++) {
            PeerAnswers peer = found[i];
            sum += peer == null ? 0 : peer.touch();
        }
        return sum;
    }

    private int withSignatures(UsualRequest request, SignedAnswers all, boolean mayList, byte[] response) {
        return !SignedAnswers.concerns(request.type())
                        || isLeftToOthers(request)
                        || (!mayList && isList(request))
                        || !request.endsWith(origin)
                        || !isBelowOrigin(request)
                ? NONE
                : all.answer(request, response);
    }

    /** Returns whether a name is one that peers see, and others do not. */
    private boolean isLeftToOthers(UsualRequest request) {
        return request.endsWith(candidates);
    }

    private boolean isList(UsualRequest request) {
        return request.endsWith(subtypes) || (request.nameLength() == services.length && request.endsWith(services));
    }

    private int ofPeer(UsualRequest request, PeerAnswers peer, boolean inServices, byte[] response) {
        int type = request.type();
        if (type == 0
                || type >= WireFormat.FIRST_META_TYPE
                || type == Type.OPT
                || type == Type.RRSIG
                || type == Type.NSEC) {
            return NONE;
        }
        if (inServices) {
            return request.message()[WireFormat.HEADER_LENGTH] == Base32Keys.PADDED_LENGTH
                    ? peer.instance(request, negative, response)
                    : peer.unpadded(request, negative, response);
        }
        return request.endsWith(origin) ? peer.host(request, negative, response) : NONE;
    }

    private int ofZone(UsualRequest request, boolean mayList, byte[] response) {
        int hash = LetterCase.hash(request.message(), WireFormat.HEADER_LENGTH, request.nameLength(), SEED);
        for (int slot = hash & own.length - 1; ; slot = slot + 1 & own.length - 1) {
            OwnAnswers found = own[slot];
            if (found == null) {
                break;
            }
            if (found.hasName(request)) {
                return found.answer(request, mayList, response);
            }
        }
        // A name of which nothing is known does not exist, if it is a name of the zone, and a type that can be asked
        // for.
        return request.type() == 0
                        || request.type() >= WireFormat.FIRST_META_TYPE
                        || request.type() == Type.OPT
                        || request.endsWith(subtypes)
                        || isLeftToOthers(request)
                        || !isBelowOrigin(request)
                ? NONE
                : negative.nameError(request, response);
    }

    /** Returns whether the bytes of the origin at the name's end are labels of it, not the end of a longer label. */
    private boolean isBelowOrigin(UsualRequest request) {
        int end = request.nameEnd() - origin.length;
        int at = WireFormat.HEADER_LENGTH;
        while (at < end) {
            at += 1 + request.message()[at];
        }
        return at == end;
    }

    private @Nullable PeerAnswers peer(byte[] message) {
        int at = WireFormat.HEADER_LENGTH + 1;
        int hash = LetterCase.hash(message, at, PeerAnswers.LABEL_LENGTH, SEED);
        for (int slot = hash & table.length - 1; ; slot = slot + 1 & table.length - 1) {
            PeerAnswers found = table[slot];
            if (found == null || found.hasLabel(message, at)) {
                return found;
            }
        }
    }

    private static boolean isPadded(byte[] message) {
        return LetterCase.equal(
                message, WireFormat.HEADER_LENGTH + 1 + PeerAnswers.LABEL_LENGTH, PADDING, 0, PADDING.length);
    }

    private static void takeOver(QuickAnswers earlier, List<Advertisement> peers, @Nullable PeerAnswers[] made) {
        List<Advertisement> before = earlier.zone.peers();
        int j = 0;
        for (int i = 0; i < made.length; i++) {
            Advertisement peer = peers.get(i);
            while (j < before.size() && before.get(j).publicKey().compareTo(peer.publicKey()) < 0) {
                j++;
            }
            if (j < before.size() && made[i] == null && before.get(j).equals(peer)) {
                made[i] = earlier.byKey[j];
            }
        }
    }

    private static boolean hasSameKeys(Zone zone, Zone other) {
        List<Advertisement> some = zone.peers();
        List<Advertisement> others = other.peers();
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = some.get(i).publicKey().equals(others.get(i).publicKey());
        }
        return same;
    }

    /** Returns the table with other answers for the same keys, which then are in the same places. */
    private @Nullable PeerAnswers[] tableWith(PeerAnswers[] made) {
        @Nullable PeerAnswers[] copy = table.clone();
        for (int i = 0; i < made.length; i++) {
            PeerAnswers old = byKey[i];
            if (made[i] != old) {
                int slot = old.labelHash(SEED) & copy.length - 1;
                while (copy[slot] != old) {
                    slot = slot + 1 & copy.length - 1;
                }
                copy[slot] = made[i];
            }
        }
        return copy;
    }

    private static @Nullable PeerAnswers[] table(PeerAnswers[] peers) {
        PeerAnswers[] table = new PeerAnswers[sizeFor(peers.length)];
        for (PeerAnswers peer : peers) {
            int slot = peer.labelHash(SEED) & table.length - 1;
            while (table[slot] != null) {
                slot = slot + 1 & table.length - 1;
            }
            table[slot] = peer;
        }
        return table;
    }

    private static @Nullable OwnAnswers[] own(Zone zone) {
        Map<Name, ZoneNode> nodes = new HashMap<>();
        zone.ownNodes().forEach(node -> nodes.put(node.name(), node));
        Name services = zone.options().names().services();
        zone.find(services).ifPresent(node -> nodes.put(services, node));
        OwnAnswers[] table = new OwnAnswers[sizeFor(nodes.size())];
        nodes.forEach((name, node) -> {
            OwnAnswers answers = OwnAnswers.of(zone, node);
            int slot = answers.nameHash(SEED) & table.length - 1;
            while (table[slot] != null) {
                slot = slot + 1 & table.length - 1;
            }
            table[slot] = answers;
        });
        return table;
    }

    private static int sizeFor(int entries) {
        return Integer.highestOneBit(Math.max(4, entries)) << 2;
    }
}
