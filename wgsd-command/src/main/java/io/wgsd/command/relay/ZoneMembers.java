package io.wgsd.command.relay;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.PublicKey;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;

/** Which peers a zone has, by the one record of each that tells. Immutable and thread-safe. */
final class ZoneMembers {

    private final DnsSdNames names;

    ZoneMembers(DnsSdNames names) {
        this.names = names;
    }

    /** Returns whether a record tells of a peer. */
    boolean tells(Record record) {
        return keyOf(record).isPresent();
    }

    /** Returns the peers of which records tell, in order. */
    Set<PublicKey> of(Collection<Record> records) {
        Set<PublicKey> keys = new TreeSet<>();
        records.forEach(record -> keyOf(record).ifPresent(keys::add));
        return keys;
    }

    private Optional<PublicKey> keyOf(Record record) {
        return record instanceof SRVRecord srv
                ? names.key(srv.getName()).filter(key -> srv.getName().equals(names.instance(key)))
                : Optional.empty();
    }
}
