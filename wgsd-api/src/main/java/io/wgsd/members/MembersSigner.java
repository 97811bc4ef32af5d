package io.wgsd.members;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Serials;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.ZoneDiff;
import io.wgsd.members.signed.NsecChain;
import io.wgsd.members.signed.RrsetMap;
import io.wgsd.members.signed.ZoneDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneMDRecord;

/**
 * Signs a network as the zone {@code members.Z}, offline: DNSSEC with NSEC (RFC 4033 to 4035), and a signed digest over
 * all records (ZONEMD, RFC 8976), since signatures of single RRsets do not make a list.
 *
 * <p>The owner's keys sign everything, on the calling thread and, where there is much to do, on those of the common
 * pool. Immutable and thread-safe.
 */
public final class MembersSigner {

    /** How long signatures are valid where nothing else is said. */
    public static final Duration VALIDITY = Duration.ofDays(30);

    /** A verifier's clock may be behind. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private final List<SigningKey> keys;
    private final Set<Integer> tags;
    private final Duration validity;

    /**
     * Makes a signer.
     *
     * @param keys keys of one zone {@code members.Z}, at least one; all of them sign everything
     * @param validity how long signatures are valid, a day to ten years
     * @throws IllegalArgumentException if there is no key, they are of several zones, two have the same tag, or the
     *     validity is out of range
     */
    public MembersSigner(Collection<SigningKey> keys, Duration validity) {
        this.keys =
                keys.stream().sorted(Comparator.comparingInt(SigningKey::tag)).toList();
        this.tags = keys.stream().map(SigningKey::tag).collect(Collectors.toUnmodifiableSet());
        this.validity = validity;
        if (keys.isEmpty()
                || tags.size() != keys.size()
                || keys.stream().map(SigningKey::origin).distinct().count() != 1) {
            throw new IllegalArgumentException("the keys of one zone with different tags are needed, were " + keys);
        }
        if (validity.compareTo(Duration.ofDays(1)) < 0 || validity.compareTo(Duration.ofDays(3653)) > 0) {
            throw new IllegalArgumentException("signatures are valid for a day to ten years, was " + validity);
        }
    }

    /**
     * Signs a network.
     *
     * <p>Signatures of what did not change are taken over from the previous zone while they are good for three quarters
     * of the validity.
     *
     * @param network what is to be signed; its disabled members are left out
     * @param previous all records of the zone signed last, which gives the serial; empty where there is none
     * @param now the wall clock's time
     * @return all records of the zone, the SOA first; its serial is the time, or the next one where that is not greater
     * @throws IllegalArgumentException if the keys are of another zone
     */
    public List<Record> sign(Network network, Collection<? extends Record> previous, Instant now) {
        DnsSdNames names = MembersZone.names(network.names());
        Name origin = names.origin();
        if (!origin.equals(keys.get(0).origin())) {
            throw new IllegalArgumentException("the zone " + origin + " cannot be signed by " + keys);
        }
        Work work = new Work(new RrsetMap(previous), now);
        long serial = previous.stream()
                .filter(record ->
                        record.getType() == Type.SOA && record.getName().equals(origin))
                .map(record -> Serials.next(((SOARecord) record).getSerial(), now))
                .findFirst()
                .orElse(Serials.next(0, now));
        RrsetMap zone = new RrsetMap(MembersZone.records(network, serial, validity));
        keys.forEach(key -> zone.add(key.dnskey()));
        // The chain lists the digest's type too, which comes last because it depends on everything.
        zone.add(digest(origin, serial, new byte[ZoneDigest.LENGTH]));
        NsecChain.of(zone, MembersZone.TTL.toSeconds()).forEach(zone::add);
        return seal(zone, serial, work);
    }

    /**
     * Signs what differs between a network and the zone that was signed last, which takes a tenth of the time: the zone
     * that comes of it is the one that {@link #sign} makes.
     *
     * @param network what is to be signed; its disabled members are left out
     * @param previous the zone that was signed last, with this network's names
     * @param now the wall clock's time
     * @return the difference of both zones' records, the SOA included; empty where keys, ranges or another validity make
     *     it a zone of its own, or signatures are to be renewed
     */
    public Optional<ZoneDiff> change(Network network, VerifiedNetwork previous, Instant now) {
        return ChangeSigner.change(
                keys,
                network,
                previous,
                Serials.next(previous.serial(), now),
                validity,
                new ChangeSigner.Span(
                        now.minus(BACKDATED),
                        now.plus(validity),
                        now,
                        now.plus(validity.multipliedBy(3).dividedBy(4))));
    }

    /** Signs what a zone has, and puts the digest over all of it in the place of the one that it has. */
    List<Record> seal(RrsetMap zone, long serial, Instant now) {
        return seal(zone, serial, new Work(new RrsetMap(List.of()), now));
    }

    private List<Record> seal(RrsetMap zone, long serial, Work work) {
        Name origin = keys.get(0).origin();
        zone.rrsets().parallelStream()
                .filter(rrset -> rrset.get(0).getType() != Type.ZONEMD)
                .flatMap(work::signatures)
                .toList()
                .forEach(zone::add);
        ZoneMDRecord digest = digest(origin, serial, ZoneDigest.of(zone.toZone(origin)));
        return Stream.concat(
                        zone.records(origin).stream().filter(record -> record.getType() != Type.ZONEMD),
                        Stream.concat(Stream.of(digest), work.signatures(List.of(digest))))
                .toList();
    }

    static ZoneMDRecord digest(Name origin, long serial, byte[] digest) {
        return new ZoneMDRecord(
                origin,
                DClass.IN,
                MembersZone.TTL.toSeconds(),
                serial,
                ZoneMDRecord.Scheme.SIMPLE,
                ZoneMDRecord.Hash.SHA384,
                digest);
    }

    private final class Work {

        private final RrsetMap previous;
        private final Instant now;

        Work(RrsetMap previous, Instant now) {
            this.previous = previous;
            this.now = now;
        }

        Stream<RRSIGRecord> signatures(List<Record> rrset) {
            Record first = rrset.get(0);
            List<RRSIGRecord> old = previous.signatures(first.getName(), first.getType());
            if (old.size() == keys.size()
                    && old.stream().allMatch(this::isGood)
                    && RrsetMap.isSame(previous.rrset(first.getName(), first.getType()), rrset)) {
                return old.stream();
            }
            return keys.stream().map(key -> key.sign(rrset, now.minus(BACKDATED), now.plus(validity)));
        }

        private boolean isGood(RRSIGRecord signature) {
            Duration left = Duration.between(now, signature.getExpire());
            return tags.contains(signature.getFootprint())
                    && signature.getTimeSigned().isBefore(now)
                    && left.compareTo(validity) <= 0
                    && left.compareTo(validity.multipliedBy(3).dividedBy(4)) >= 0;
        }
    }
}
