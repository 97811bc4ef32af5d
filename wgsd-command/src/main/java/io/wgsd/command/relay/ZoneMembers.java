package io.wgsd.command.relay;

import io.wgsd.command.relay.LearnedMembers.Views;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/**
 * Which peers a zone has: those with a service, and those with a record for relays at {@code
 * <host>._wireguard-member._udp}, which may say who may reach whom. Immutable and thread-safe.
 */
final class ZoneMembers {

    private static final String SEES = "sees=";
    private static final String IN = "in=";

    private final DnsSdNames names;
    private final Name above;

    ZoneMembers(DnsSdNames names) {
        this.names = names;
        try {
            above = Name.fromString("_wireguard-member._udp", names.origin());
        } catch (TextParseException e) {
            throw new IllegalArgumentException("the zone's name is too long: " + names, e);
        }
    }

    /** Returns whether a record tells of a peer. */
    boolean tells(Record record) {
        return served(record).or(() -> member(record)).isPresent();
    }

    /** Returns the peers that the zone serves, in order. */
    Set<PublicKey> served(Collection<Record> records) {
        Set<PublicKey> keys = new HashSet<>();
        records.forEach(record -> served(record).ifPresent(keys::add));
        return keys;
    }

    /** Returns all of whom records tell. */
    LearnedMembers of(Collection<Record> records) {
        SortedMap<PublicKey, Views> members = new TreeMap<>();
        for (Record record : records) {
            served(record).ifPresent(key -> members.putIfAbsent(key, Views.UNSAID));
            member(record).ifPresent(key -> members.put(key, views((TXTRecord) record)));
        }
        return new LearnedMembers(members);
    }

    private Optional<PublicKey> served(Record record) {
        return record instanceof SRVRecord srv
                ? names.key(srv.getName()).filter(key -> srv.getName().equals(names.instance(key)))
                : Optional.empty();
    }

    private Optional<PublicKey> member(Record record) {
        Name name = record.getName();
        if (!(record instanceof TXTRecord) || name.labels() != above.labels() + 1 || !name.subdomain(above)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PublicKey.parseBase32(name.getLabelString(0)));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private static Views views(TXTRecord record) {
        Optional<String> sees = record.getStrings().stream()
                .filter(string -> string.startsWith(SEES))
                .map(string -> string.substring(SEES.length()))
                .filter(ZoneMembers::isName)
                .findFirst();
        Set<String> in = new HashSet<>();
        record.getStrings().stream()
                .filter(string -> string.startsWith(IN))
                .flatMap(string -> Arrays.stream(string.substring(IN.length()).split(",")))
                .filter(ZoneMembers::isName)
                .forEach(in::add);
        return new Views(sees, in);
    }

    private static boolean isName(String view) {
        return view.matches("[a-z0-9]{1,10}");
    }
}
