package io.wgsd.dnssd.records;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.PeerRecords;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.dnssd.ZoneNode;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.internal.Base32Keys;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The peers of a zone, whose records are made when they are asked for: what is kept of a peer is its advertisement, and
 * of a few the records.
 *
 * <p>Immutable and thread-safe.
 */
public final class ZonePeers {

    /** How many nodes of peers are kept; two that meet in a place take turns. */
    private static final int KEPT = 1 << 8;

    private final ZoneOptions options;
    /** In ascending order of the keys, which need not be that of the list. */
    private final Advertisement[] byKey;

    private final PeerLists lists;

    /** What was asked for lately. A node does not change, so it does not matter which thread sees which of them. */
    private final @Nullable ZoneNode[] kept = new ZoneNode[KEPT];

    private ZonePeers(ZoneOptions options, Advertisement[] listed, Advertisement[] byKey) {
        this.options = options;
        this.byKey = byKey;
        lists = new PeerLists(options, listed, byKey);
    }

    /**
     * Takes the peers that have an endpoint.
     *
     * @throws IllegalArgumentException if two have the same key
     */
    public static ZonePeers of(ZoneOptions options, Collection<Advertisement> advertisements) {
        Advertisement[] listed = advertisements.stream()
                .filter(peer -> !peer.endpoints().isEmpty() && !isRelay(options, peer))
                .toArray(Advertisement[]::new);
        boolean inOrder = inOrder(listed);
        Advertisement[] byKey = inOrder ? listed : listed.clone();
        if (!inOrder) {
            Arrays.sort(byKey, Comparator.comparing(Advertisement::publicKey));
        }
        for (int i = 1; i < byKey.length; i++) {
            if (byKey[i - 1].publicKey().equals(byKey[i].publicKey())) {
                throw new IllegalArgumentException("two advertisements have the key " + byKey[i].publicKey());
            }
        }
        return new ZonePeers(options, listed, byKey);
    }

    private static boolean isRelay(ZoneOptions options, Advertisement peer) {
        for (RelayAdvertisement relay : options.relays()) {
            if (relay.publicKey().equals(peer.publicKey())) {
                return true;
            }
        }
        return false;
    }

    public ZoneOptions options() {
        return options;
    }

    /** Returns the peers in ascending order of their keys. */
    public List<Advertisement> byKey() {
        return Collections.unmodifiableList(Arrays.asList(byKey));
    }

    public Optional<ZoneNode> find(Name name) {
        int place = name.hashCode() & KEPT - 1;
        ZoneNode known = kept[place];
        if (known != null && known.name().equals(name)) {
            return Optional.of(known);
        }
        DnsSdNames names = options.names();
        PublicKey key = names.key(name).orElse(null);
        if (key == null) {
            return lists.find(name);
        }
        int found = index(key);
        if (found < 0) {
            return Optional.empty();
        }
        ZoneNode made = node(name, records(byKey[found]));
        kept[place] = made;
        return Optional.of(made);
    }

    private ZoneNode node(Name name, PeerRecords records) {
        if (name.labels() == options.names().origin().labels() + 1) {
            return host(records);
        }
        return name.getLabel(0)[0] == Base32Keys.PADDED_LENGTH ? instance(records) : unpadded(records);
    }

    /** Hands over each node, made for the occasion. */
    public void forEachNode(Consumer<ZoneNode> sink) {
        for (Advertisement peer : byKey) {
            PeerRecords records = records(peer);
            sink.accept(instance(records));
            sink.accept(unpadded(records));
            sink.accept(host(records));
        }
        lists.forEachNode(sink);
    }

    /** Returns how many records there are. */
    public long recordCount() {
        return byKey.length * (options.instanceAddresses() ? 6L : 5L) + lists.recordCount();
    }

    /**
     * Hands over the names at which these peers' records may differ from others', where the same peer would have the
     * same.
     */
    public void forEachDifferingName(ZonePeers other, Consumer<Name> sink) {
        List<PublicKey> cameOrWent = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < byKey.length || j < other.byKey.length) {
            int order = i == byKey.length
                    ? 1
                    : j == other.byKey.length ? -1 : byKey[i].publicKey().compareTo(other.byKey[j].publicKey());
            PublicKey key = (order <= 0 ? byKey[i] : other.byKey[j]).publicKey();
            if (order != 0) {
                cameOrWent.add(key);
            }
            if (order != 0 || !byKey[i].equals(other.byKey[j])) {
                sink.accept(options.names().instance(key));
                sink.accept(options.names().unpadded(key));
                sink.accept(options.names().host(key));
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        lists.forEachDifferingName(other.lists, cameOrWent, sink);
    }

    public boolean hasListsOf(ZonePeers other) {
        return lists.areShapedAs(other.lists);
    }

    private int index(PublicKey key) {
        int low = 0;
        int high = byKey.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = byKey[middle].publicKey().compareTo(key);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -1;
    }

    private PeerRecords records(Advertisement peer) {
        return PeerRecords.of(options.names(), peer, options.peerTtl());
    }

    private ZoneNode instance(PeerRecords records) {
        List<List<Record>> rrsets = new ArrayList<>(List.of(List.of(records.txt()), List.of(records.srv())));
        if (options.instanceAddresses()) {
            Record address = records.instanceAddress();
            rrsets.add(address.getType() == Type.A ? 0 : 1, List.of(address));
        }
        return ZoneNode.of(records.srv().getName(), rrsets);
    }

    private static ZoneNode unpadded(PeerRecords records) {
        Record text = records.unpaddedTxt();
        return ZoneNode.of(text.getName(), List.of(List.of(text), List.of(records.unpaddedSrv())));
    }

    private static ZoneNode host(PeerRecords records) {
        Record address = records.hostAddress();
        return ZoneNode.of(address.getName(), List.of(List.of(address)));
    }

    private static boolean inOrder(Advertisement[] peers) {
        for (int i = 1; i < peers.length; i++) {
            if (peers[i - 1].publicKey().compareTo(peers[i].publicKey()) >= 0) {
                return false;
            }
        }
        return true;
    }
}
