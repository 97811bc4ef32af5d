package io.wgsd.command.status;

import io.wgsd.command.status.Screen.Cell;
import io.wgsd.command.status.Screen.Row;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Zone;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The peers of a registry, one by one, where they are not too many for that. */
final class PeerList {

    /** More than that nobody reads one by one, and to read each one's counters again and again would cost too much. */
    static final int LONGEST = 256;

    private PeerList() {}

    /** A peer as the zone has it, and as the device has it. */
    private record Entry(PublicKey key, Optional<Advertisement> listed, Optional<Peer> peer) {

        List<Endpoint> endpoints() {
            return listed.map(Advertisement::endpoints)
                    .orElseGet(() -> peer.flatMap(Peer::endpoint).map(List::of).orElse(List.of()));
        }
    }

    /**
     * Returns what a registry knows of each peer.
     *
     * @param devices reads a device by its name; asked only where the zone is small
     * @param names what peers are called
     * @return null where there are too many peers
     */
    static @Nullable List<Map<String, @Nullable Object>> json(
            Zone zone, String device, Function<String, Optional<Device>> devices, PeerNames names) {
        return entries(zone, device, devices)
                .map(entries ->
                        entries.stream().map(entry -> json(entry, names)).toList())
                .orElse(null);
    }

    /** Adds a table of the peers, where they are not too many. */
    static void show(
            Screen screen,
            Zone zone,
            String device,
            Function<String, Optional<Device>> devices,
            PeerNames names,
            Instant now) {
        List<Entry> entries = entries(zone, device, devices).orElse(List.of());
        if (entries.isEmpty()) {
            return;
        }
        List<String> columns = new ArrayList<>(names.isEmpty() ? List.of("PEER") : List.of("PEER", "KEY"));
        columns.addAll(List.of("SINCE", "SHAKEN", "RX/TX", "ENDPOINT"));
        screen.blank();
        screen.table(
                2,
                columns,
                entries.stream()
                        .map(entry -> row(entry, names, screen.width(), now))
                        .toList());
    }

    /** Returns each peer that is listed, and each that is on the device; empty where there are too many. */
    private static Optional<List<Entry>> entries(Zone zone, String device, Function<String, Optional<Device>> devices) {
        if (zone.peers().size() > LONGEST) {
            return Optional.empty();
        }
        Optional<Device> reading = devices.apply(device);
        List<Peer> peers = reading.map(Device::peers).orElse(List.of());
        if (peers.size() > LONGEST) {
            return Optional.empty();
        }
        Map<PublicKey, Advertisement> listed = new LinkedHashMap<>();
        zone.peers().forEach(peer -> listed.put(peer.publicKey(), peer));
        reading.flatMap(Device::publicKey).ifPresent(listed::remove);
        Map<PublicKey, Peer> here = peers.stream().collect(Collectors.toMap(Peer::publicKey, peer -> peer));
        List<Entry> entries = new ArrayList<>();
        listed.values()
                .forEach(peer -> entries.add(new Entry(
                        peer.publicKey(), Optional.of(peer), Optional.ofNullable(here.get(peer.publicKey())))));
        peers.stream()
                .filter(peer -> !listed.containsKey(peer.publicKey()))
                .forEach(peer -> entries.add(new Entry(peer.publicKey(), Optional.empty(), Optional.of(peer))));
        return Optional.of(entries);
    }

    private static Row row(Entry entry, PeerNames names, int width, Instant now) {
        List<Cell> cells = new ArrayList<>();
        if (!names.isEmpty()) {
            cells.add(Cell.of(names.of(entry.key()).orElse("-")));
        }
        cells.add(Cell.of(ShortKey.of(entry.key(), width)));
        cells.add(Cell.of(entry.listed()
                .flatMap(Advertisement::since)
                .map(since -> Amounts.time(Duration.between(since, now)))
                .orElse("-")));
        cells.add(Cell.of(entry.peer()
                .flatMap(each -> each.statistics().latestHandshake())
                .map(shaken -> Amounts.time(Duration.between(shaken, now)))
                .orElse("never")));
        cells.add(Cell.of(entry.peer().map(PeerList::traffic).orElse("-")));
        cells.add(entry.listed().isPresent() ? Cell.of(joined(entry.endpoints())) : new Cell("not listed", Style.BUSY));
        return new Row(cells, "");
    }

    private static String joined(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(", "));
    }

    /** Returns how many bytes came from a peer, and went to it. */
    static String traffic(Peer peer) {
        return Amounts.bytes(peer.statistics().rxBytes()) + "/"
                + Amounts.bytes(peer.statistics().txBytes());
    }

    /** Returns what reads a device where it can be read. */
    static Function<String, Optional<Device>> from(PeerSource source) {
        return device -> {
            try {
                return Optional.of(source.read(device));
            } catch (WireGuardException e) {
                // How old the registry's own reading is, and why, is said for the registry as a whole.
                return Optional.empty();
            }
        };
    }

    private static Map<String, @Nullable Object> json(Entry entry, PeerNames names) {
        Optional<Advertisement> listed = entry.listed();
        List<Endpoint> endpoints = entry.endpoints();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("publicKey", entry.key().toBase64());
        json.put("name", names.of(entry.key()).orElse(null));
        json.put("listed", listed.isPresent());
        json.put("endpoints", endpoints.stream().map(Endpoint::toString).toList());
        json.put("since", listed.flatMap(Advertisement::since).orElse(null));
        json.put(
                "site",
                endpoints.stream()
                        .flatMap(each -> Site.of(each).stream())
                        .findFirst()
                        .orElse(null));
        json.put(
                "relays",
                listed.map(Advertisement::relays).orElse(List.of()).stream()
                        .map(PublicKey::toBase64)
                        .toList());
        json.putAll(counters(entry.peer()));
        return json;
    }

    /** Returns what WireGuard counts of a peer. */
    static Map<String, @Nullable Object> counters(Optional<Peer> peer) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(
                "latestHandshake",
                peer.flatMap(each -> each.statistics().latestHandshake()).orElse(null));
        json.put("rxBytes", peer.map(each -> each.statistics().rxBytes()).orElse(null));
        json.put("txBytes", peer.map(each -> each.statistics().txBytes()).orElse(null));
        return json;
    }
}
