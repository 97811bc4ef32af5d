package io.wgsd.dnssd;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Makes a signed zone of an unsigned one (RFC 4033 to 4035): keys, signatures, and a chain of NSEC records through all
 * names.
 *
 * <p>Signatures are valid for 14 days from an hour ago, and are renewed when 7 to 10 days are left, each at its own
 * time, and where the clock was set back to before their start. So a secondary that has reached no primary for the week
 * that the SOA allows still has valid ones. What did not change keeps its signatures.
 *
 * <p>Anyone who may query a signed zone can list its names, by one NSEC record after the other. Immutable and
 * thread-safe. It signs on the calling thread and, where there is much to do, on those of the common pool.
 */
public final class ZoneSigner {

    /** How long signatures are valid. */
    public static final Duration VALIDITY = Duration.ofDays(14);

    /** A validator's clock may be behind. */
    private static final Duration BACKDATED = Duration.ofHours(1);
    /**
     * What is left of a signature's time when it is renewed: the SOA's EXPIRE and some time to spread, then at random.
     */
    private static final Duration LEAST_LEFT = Duration.ofDays(7).plusHours(2);

    private static final long SPREAD_SECONDS = Duration.ofDays(3).toSeconds();
    /** Signatures that are due soon are renewed together, so that there are not too many serials. */
    private static final Duration TOGETHER = Duration.ofMinutes(1);

    private final List<SigningKey> keys;
    private final Set<Integer> tags;

    /**
     * Makes a signer.
     *
     * @param keys of one zone, at least one; all of them sign, and the parent is asked to trust the newest
     * @throws IllegalArgumentException if there is none, they are of several zones, or two have the same tag
     */
    public ZoneSigner(Collection<SigningKey> keys) {
        this.keys = keys.stream()
                .sorted(Comparator.comparing(SigningKey::created).thenComparingInt(SigningKey::tag))
                .toList();
        if (keys.isEmpty() || keys.stream().map(SigningKey::origin).distinct().count() != 1) {
            throw new IllegalArgumentException("the keys of one zone are needed, were " + keys);
        }
        tags = keys.stream().map(SigningKey::tag).collect(Collectors.toUnmodifiableSet());
        if (tags.size() != keys.size()) {
            throw new IllegalArgumentException("two keys have the same tag: " + keys);
        }
    }

    /**
     * Returns the keys that sign.
     *
     * @return the oldest first
     */
    public List<SigningKey> keys() {
        return keys;
    }

    /**
     * Signs a zone.
     *
     * @param zone what is to be signed, without signatures
     * @param signed zones signed earlier, of which signatures are taken over while they are good
     * @param now the wall clock's time
     * @return a new zone with the same serial
     * @throws IllegalArgumentException if the keys are of another zone
     */
    public Zone sign(Zone zone, List<Zone> signed, Instant now) {
        if (!zone.origin().equals(keys.get(0).origin())) {
            throw new IllegalArgumentException("the zone " + zone.origin() + " cannot be signed by " + keys);
        }
        ZoneChain chain = signed.stream()
                .filter(before -> isGood(before, now) && ZoneChain.leadsFrom(before, zone))
                .findFirst()
                .map(before -> ZoneChain.after(before, zone))
                .orElseGet(() -> ZoneChain.of(zone));
        // RFC 9077: proofs of absence live as long as negative answers.
        long ttl = Math.min(zone.soa().getTTL(), zone.soa().getMinimum());
        Work work = new Work(List.copyOf(signed), now);
        Name[] names = chain.names();
        List<ZoneNode> made = IntStream.range(0, names.length)
                .parallel()
                .mapToObj(i -> chain.kept(i)
                        .orElseGet(() -> work.sign(unsigned(zone, names[i]), names[(i + 1) % names.length], ttl)))
                .toList();
        // BIND complains of NSEC records that come behind those of names below.
        Map<Name, ZoneNode> all = new LinkedHashMap<>(2 * made.size());
        made.forEach(node -> all.put(node.name(), node));
        chain.empty().forEach(node -> all.put(node.name(), node));
        Stream<ZoneNode> anew = IntStream.range(0, names.length)
                .filter(i -> chain.kept(i).isEmpty())
                .mapToObj(made::get);
        return zone.signed(all, signatures(zone, chain, anew, made));
    }

    private ZoneNode unsigned(Zone zone, Name name) {
        ZoneNode node = zone.find(name).orElseThrow();
        return name.equals(zone.origin()) ? withKeys(name, node) : node;
    }

    private static ZoneSignatures signatures(Zone zone, ZoneChain chain, Stream<ZoneNode> anew, List<ZoneNode> all) {
        Instant from = chain.from();
        Instant until = chain.until();
        for (ZoneNode node : (Iterable<ZoneNode>) anew::iterator) {
            for (Record record : node.rrset(Type.RRSIG)) {
                RRSIGRecord signature = (RRSIGRecord) record;
                from = signature.getTimeSigned().isAfter(from) ? signature.getTimeSigned() : from;
                until = due(signature).isBefore(until) ? due(signature) : until;
            }
        }
        return new ZoneSignatures(
                chain.names(),
                chain.empty(),
                zone.ownNodes().stream().map(ZoneNode::name).toList(),
                ZoneSignatures.records(all),
                from,
                until);
    }

    /** Returns whether all signatures of a zone are as those that would be made. */
    private boolean isGood(Zone zone, Instant now) {
        return zone.signatures()
                        .filter(signatures -> signatures.from().isBefore(now)
                                && signatures.until().isAfter(now.plus(TOGETHER)))
                        .isPresent()
                && zone.find(zone.origin()).stream()
                        .flatMap(apex -> apex.rrset(Type.DNSKEY).stream())
                        .map(key -> ((DNSKEYRecord) key).getFootprint())
                        .collect(Collectors.toSet())
                        .equals(tags);
    }

    /**
     * Returns since when all signatures of a zone are valid. Where the clock shows an earlier time, it was set back
     * since; the zone must then be signed again at once, because validators refuse signatures of the future.
     *
     * @param zone what this signer signed
     * @return the latest inception; empty where the zone is not signed
     */
    public Optional<Instant> validFrom(Zone zone) {
        return zone.signatures().map(ZoneSignatures::from);
    }

    /**
     * Returns when a signed zone must be signed again, if the clock is not set meanwhile.
     *
     * @param zone what this signer signed
     * @return the time, or one before it; empty where the zone is not signed
     */
    public Optional<Instant> due(Zone zone) {
        return zone.signatures().map(ZoneSignatures::until);
    }

    private ZoneNode withKeys(Name origin, ZoneNode apex) {
        List<List<Record>> rrsets = new ArrayList<>(apex.rrsets());
        rrsets.add(keys.stream().<Record>map(SigningKey::dnskey).toList());
        keys.get(keys.size() - 1).requestsToParent().forEach(request -> rrsets.add(List.of(request)));
        rrsets.sort(Comparator.comparingInt(ZoneSigner::typeOf));
        return ZoneNode.of(origin, rrsets);
    }

    private static Instant due(RRSIGRecord signature) {
        int hash = 31 * signature.getName().hashCode() + signature.getTypeCovered();
        // Spread by Knuth's multiplication, since hashes of names that are alike are near each other.
        long spread = Integer.toUnsignedLong(hash * 0x9e3779b1) % SPREAD_SECONDS;
        return signature.getExpire().minus(LEAST_LEFT).minusSeconds(spread);
    }

    private static int typeOf(List<Record> rrset) {
        return rrset.get(0).getType();
    }

    private final class Work {

        private final List<Zone> earlier;
        private final Instant now;

        Work(List<Zone> earlier, Instant now) {
            this.earlier = earlier;
            this.now = now;
        }

        ZoneNode sign(ZoneNode node, Name next, long ttl) {
            List<List<Record>> rrsets = new ArrayList<>(node.rrsets());
            int[] types = IntStream.concat(
                            rrsets.stream().mapToInt(ZoneSigner::typeOf), IntStream.of(Type.RRSIG, Type.NSEC))
                    .sorted()
                    .toArray();
            rrsets.add(List.of(new NSECRecord(node.name(), DClass.IN, ttl, next, types)));
            List<ZoneNode> before = earlier.stream()
                    .flatMap(zone -> zone.find(node.name()).stream())
                    .toList();
            for (ZoneNode old : before) {
                // The same object, so that the difference of two zones is found without a look at what did not change.
                if (isUnchanged(old, rrsets)) {
                    return old;
                }
            }
            List<Record> signatures = new ArrayList<>();
            for (List<Record> rrset : rrsets) {
                if (!isDelegation(rrset)) {
                    signatures.addAll(signatures(rrset, before));
                }
            }
            rrsets.add(signatures);
            rrsets.sort(Comparator.comparingInt(ZoneSigner::typeOf));
            return ZoneNode.of(node.name(), rrsets);
        }

        private boolean isUnchanged(ZoneNode node, List<List<Record>> rrsets) {
            List<Record> old = node.rrset(Type.RRSIG);
            return node.rrsets().size() == rrsets.size() + 1
                    && old.size()
                            == keys.size()
                                    * rrsets.stream()
                                            .filter(rrset -> !isDelegation(rrset))
                                            .count()
                    && old.stream().allMatch(this::isGood)
                    && rrsets.stream().allMatch(rrset -> isSame(node.rrset(typeOf(rrset)), rrset));
        }

        private List<Record> signatures(List<Record> rrset, List<ZoneNode> before) {
            for (ZoneNode node : before) {
                if (isSame(node.rrset(typeOf(rrset)), rrset)) {
                    List<Record> old = node.signatures(typeOf(rrset));
                    if (old.size() == keys.size() && old.stream().allMatch(this::isGood)) {
                        return old;
                    }
                }
            }
            return keys.stream()
                    .<Record>map(key -> key.sign(rrset, now.minus(BACKDATED), now.plus(VALIDITY)))
                    .toList();
        }

        private boolean isGood(Record record) {
            RRSIGRecord signature = (RRSIGRecord) record;
            return tags.contains(signature.getFootprint())
                    && signature.getTimeSigned().isBefore(now)
                    && due(signature).isAfter(now.plus(TOGETHER));
        }
    }

    /** Returns whether an RRset is not signed here: it names the servers of a zone below (RFC 4035, section 2.2). */
    private boolean isDelegation(List<Record> rrset) {
        return typeOf(rrset) == Type.NS
                && !rrset.get(0).getName().equals(keys.get(0).origin());
    }

    private static boolean isSame(List<Record> some, List<Record> other) {
        if (some.size() != other.size() || some.get(0).getTTL() != other.get(0).getTTL()) {
            return false;
        }
        return some.equals(other);
    }
}
