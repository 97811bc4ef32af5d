package io.wgsd.members.signed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The NSEC records of a zone without delegations (RFC 4034, section 4): one for each name, which names the next. */
public final class NsecChain {

    private NsecChain() {}

    /** Returns the chain through all names of a zone, which has none yet. */
    public static List<NSECRecord> of(RrsetMap zone, long ttl) {
        List<Name> names = zone.names();
        List<NSECRecord> chain = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            chain.add(link(names.get(i), names.get((i + 1) % names.size()), zone.types(names.get(i)), ttl));
        }
        return chain;
    }

    /** Returns the record of one name. */
    public static NSECRecord link(Name name, Name next, Collection<Integer> types, long ttl) {
        return new NSECRecord(name, DClass.IN, ttl, next, types(types));
    }

    /** Returns the first name whose NSEC record is not as the chain of the zone has it; empty where all are. */
    public static Optional<Name> broken(SignedZone zone) {
        return broken(zone, IntStream.range(0, zone.names().size()).boxed().toList());
    }

    /** Looks at the names at some places alone. */
    public static Optional<Name> broken(SignedZone zone, Collection<Integer> places) {
        List<SignedName> names = zone.names();
        return places.stream()
                .filter(i ->
                        !isRight(names.get(i), names.get((i + 1) % names.size()).name()))
                .map(i -> names.get(i).name())
                .findFirst();
    }

    private static boolean isRight(SignedName name, Name next) {
        List<Record> own = name.rrset(Type.NSEC);
        return own.size() == 1
                && own.get(0) instanceof NSECRecord nsec
                && nsec.getNext().equals(next)
                && Arrays.equals(
                        IntStream.of(nsec.getTypes()).sorted().toArray(),
                        types(name.rrsets().keySet()));
    }

    private static int[] types(Collection<Integer> present) {
        return Stream.concat(present.stream(), Stream.of(Type.NSEC, Type.RRSIG))
                .mapToInt(Integer::intValue)
                .distinct()
                .sorted()
                .toArray();
    }
}
