package io.wgsd.members;

import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.ZoneDiff;
import io.wgsd.members.signed.NsecChain;
import io.wgsd.members.signed.RrsetMap;
import io.wgsd.members.signed.SignedName;
import io.wgsd.members.signed.SignedZone;
import io.wgsd.members.signed.ZoneDigest;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneMDRecord;

/** Signs what differs between a zone that was verified and that of another network, for {@link MembersSigner}. */
final class ChangeSigner {

    private final List<SigningKey> keys;
    private final SignedZone zone;
    private final Instant from;
    private final Instant to;
    private final List<Record> removed = new ArrayList<>();
    private final List<Record> added = new ArrayList<>();

    ChangeSigner(List<SigningKey> keys, SignedZone zone, Instant from, Instant to) {
        this.keys = keys;
        this.zone = zone;
        this.from = from;
        this.to = to;
    }

    /** Returns the difference; empty where more than members differs, or signatures are too old to stay. */
    static Optional<ZoneDiff> change(
            List<SigningKey> keys,
            Network network,
            VerifiedNetwork previous,
            long serial,
            Duration validity,
            Span span) {
        SignedZone zone = previous.zone();
        List<Record> apex =
                MembersZone.records(Network.of(network.names(), network.ranges(), List.of()), serial, validity);
        List<Record> plain = new ArrayList<>(apex);
        keys.forEach(key -> plain.add(key.dnskey()));
        boolean signedAlike = zone.names().stream()
                .allMatch(name -> name.signatures().values().stream().allMatch(each -> each.size() == keys.size()));
        if (!signedAlike || !span.keeps(previous) || !hasSame(zone.apex(), plain)) {
            return Optional.empty();
        }
        ChangeSigner signer = new ChangeSigner(keys, zone, span.from(), span.to());
        return Optional.of(signer.change(contents(network, previous), plain, serial));
    }

    /**
     * The times of signatures.
     *
     * @param from since when new ones are valid
     * @param to until when they are
     * @param now the present
     * @param good until when at least those that stay must be valid
     */
    record Span(Instant from, Instant to, Instant now, Instant good) {

        boolean keeps(VerifiedNetwork previous) {
            boolean allEndBefore = previous.zone().names().stream()
                    .flatMap(SignedName::allSignatures)
                    .noneMatch(signature -> signature.getExpire().isAfter(to));
            return previous.validFrom().isBefore(now) && !previous.validUntil().isBefore(good) && allEndBefore;
        }
    }

    /** Returns whether the origin has these RRsets, the SOA aside, and no others than a signed zone has besides. */
    private static boolean hasSame(SignedName apex, List<Record> plain) {
        RrsetMap map = new RrsetMap(plain);
        Name origin = apex.name();
        return map.types(origin).stream()
                        .allMatch(
                                type -> type == Type.SOA || RrsetMap.isSame(apex.rrset(type), map.rrset(origin, type)))
                && apex.rrsets().size() == map.types(origin).size() + 2;
    }

    /** Returns what there is to be at the names of members that are others now; nothing where they are gone. */
    private static NavigableMap<Name, List<Record>> contents(Network network, VerifiedNetwork previous) {
        Name origin = previous.zone().origin();
        Map<PublicKey, Member> before = new HashMap<>();
        previous.network().members().forEach(member -> before.put(member.publicKey(), member));
        NavigableMap<Name, List<Record>> contents = new TreeMap<>();
        List<Member> fresh = new ArrayList<>();
        for (Member member : network.enabled().members()) {
            if (!before.remove(member.publicKey(), member)) {
                fresh.add(member);
            }
        }
        before.values().stream()
                .flatMap(member -> MembersZone.records(member, origin))
                .forEach(record -> contents.put(record.getName(), new ArrayList<>()));
        fresh.stream()
                .flatMap(member -> MembersZone.records(member, origin))
                .forEach(record -> contents.computeIfAbsent(record.getName(), name -> new ArrayList<>())
                        .add(record));
        return contents;
    }

    private ZoneDiff change(NavigableMap<Name, List<Record>> contents, List<Record> apex, long serial) {
        List<Record> gone = contents.keySet().stream()
                .flatMap(name -> zone.at(name).records())
                .toList();
        SignedZone.Next next = zone.with(new ZoneDiff(
                gone, contents.values().stream().flatMap(List::stream).toList()));
        // The origin has a new SOA in any case.
        contents.put(zone.origin(), apex);
        List<SignedName> names = next.zone().names();
        for (int place : next.links()) {
            Name name = names.get(place).name();
            contents.computeIfAbsent(name, each -> unsigned(zone.at(each)).toList());
        }
        next.touched().stream()
                .filter(name -> name.records().findAny().isEmpty())
                .forEach(name -> {
                    contents.remove(name.name());
                    removed.addAll(zone.at(name.name()).records().toList());
                });
        contents.forEach((name, records) -> replace(next.zone(), name, records));
        SignedZone unsealed = zone.with(new ZoneDiff(removed, added)).zone();
        ZoneMDRecord digest = MembersSigner.digest(zone.origin(), serial, ZoneDigest.of(unsealed));
        removed.addAll(zone.apex().rrset(Type.ZONEMD));
        removed.addAll(zone.apex().signatures(Type.ZONEMD));
        added.add(digest);
        added.addAll(sign(List.of(digest)));
        return new ZoneDiff(removed, added);
    }

    private static Stream<Record> unsigned(SignedName name) {
        return name.records().filter(record -> record.getType() != Type.RRSIG && record.getType() != Type.NSEC);
    }

    /** Notes what is other at a name, with its link to the next one, the digest aside. */
    private void replace(SignedZone next, Name name, Collection<Record> records) {
        SignedName before = zone.at(name);
        RrsetMap map = new RrsetMap(records);
        List<Integer> types = new ArrayList<>(map.types(name));
        if (name.equals(zone.origin()) && !types.contains(Type.ZONEMD)) {
            types.add(Type.ZONEMD);
        }
        map.add(NsecChain.link(name, next.after(name), types, MembersZone.TTL.toSeconds()));
        for (int type : new HashSet<>(map.types(name))) {
            if (!RrsetMap.isSame(before.rrset(type), map.rrset(name, type))) {
                added.addAll(map.rrset(name, type));
                added.addAll(sign(map.rrset(name, type)));
                removed.addAll(before.rrset(type));
                removed.addAll(before.signatures(type));
            }
        }
        before.rrsets().forEach((type, rrset) -> {
            if (map.rrset(name, type).isEmpty() && type != Type.ZONEMD) {
                removed.addAll(rrset);
                removed.addAll(before.signatures(type));
            }
        });
    }

    private List<RRSIGRecord> sign(List<Record> rrset) {
        return keys.stream().map(key -> key.sign(rrset, from, to)).toList();
    }
}
