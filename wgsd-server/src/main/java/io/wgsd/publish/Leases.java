package io.wgsd.publish;

import io.wgsd.dnssd.DnsSdNames;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/**
 * The marks by which registries that share a zone tell each other that they are still there: {@code
 * <registry>._lease.Z}, a TXT with {@code until=} and the unix time in seconds.
 *
 * @param records each registry's mark
 */
record Leases(Map<String, TXTRecord> records) {

    private static final String LABEL = "_lease";
    private static final String UNTIL = "until=";

    Leases {
        records = Map.copyOf(records);
    }

    /** Returns the lease of a registry. */
    static TXTRecord of(DnsSdNames names, String registry, Instant until) {
        return new TXTRecord(name(names, registry), DClass.IN, 0, UNTIL + until.getEpochSecond());
    }

    /** Returns which registry a record is the lease of. */
    static Optional<String> registry(DnsSdNames names, Record record) {
        Name name = record.getName();
        return record instanceof TXTRecord
                        && name.labels() == names.origin().labels() + 2
                        && name.subdomain(names.origin())
                        && name.getLabelString(1).equalsIgnoreCase(LABEL)
                ? Optional.of(name.getLabelString(0).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** Returns until when a registry is there; empty where it has no mark that can be read. */
    Optional<Instant> until(String registry) {
        return Optional.ofNullable(records.get(registry)).flatMap(Leases::until);
    }

    Leases with(String registry, TXTRecord lease) {
        Map<String, TXTRecord> changed = new HashMap<>(records);
        changed.put(registry, lease);
        return new Leases(changed);
    }

    Leases without(String registry) {
        Map<String, TXTRecord> changed = new HashMap<>(records);
        changed.remove(registry);
        return new Leases(changed);
    }

    private static Optional<Instant> until(TXTRecord lease) {
        return lease.getStrings().stream()
                .filter(string -> string.matches(UNTIL + "[0-9]{1,11}"))
                .map(string -> Instant.ofEpochSecond(Long.parseLong(string.substring(UNTIL.length()))))
                .findFirst();
    }

    private static Name name(DnsSdNames names, String registry) {
        try {
            return new Name(registry + "." + LABEL, names.origin());
        } catch (TextParseException e) {
            throw new IllegalArgumentException("registry must be a label of a domain name, was " + registry, e);
        }
    }
}
