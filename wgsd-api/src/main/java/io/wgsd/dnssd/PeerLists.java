package io.wgsd.dnssd;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;

/**
 * The lists of a zone's peers: one where all of them fit into a message, else also one for each beginning of a key.
 *
 * <p>A list that is full may be cut: then there is one for each next character of base32, up to three, in which no peer is
 * missing.
 */
final class PeerLists {

    private static final int MAX_PREFIX = 3;

    private PeerLists() {}

    /** Hands each PTR to {@code sink} with its advertisement, in the order in which they are listed. */
    static void list(DnsSdNames names, List<Listed> peers, BiConsumer<Name, PTRRecord> sink) {
        Name services = names.services();
        peers.stream().limit(names.maxListed()).forEach(peer -> sink.accept(services, peer.records.ptr()));
        if (peers.size() > names.maxListed()) {
            split(names, "", peers, sink);
        }
    }

    private static void split(DnsSdNames names, String prefix, List<Listed> peers, BiConsumer<Name, PTRRecord> sink) {
        TreeMap<String, List<Listed>> shards = new TreeMap<>();
        for (Listed peer : peers) {
            shards.computeIfAbsent(peer.base32.substring(0, prefix.length() + 1), shard -> new ArrayList<>())
                    .add(peer);
        }
        shards.forEach((shard, members) -> {
            Name list = names.subtype(shard);
            members.stream().limit(names.maxListed()).forEach(peer -> sink.accept(list, peer.records.ptr(list)));
            if (members.size() > names.maxListed() && shard.length() < MAX_PREFIX) {
                split(names, shard, members, sink);
            }
        });
    }

    /** A peer's records, and its key as the lists are sorted by. */
    record Listed(String base32, PeerRecords records) {}
}
