package io.wgsd.command.status;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Zone;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
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

    /**
     * Returns what a registry knows of each peer.
     *
     * @param devices reads a device by its name; asked only where the zone is small
     * @param names what peers are called
     * @return null where there are too many peers
     */
    static @Nullable List<Map<String, @Nullable Object>> json(
            Zone zone, String device, Function<String, Optional<Device>> devices, PeerNames names) {
        if (zone.peers().size() > LONGEST) {
            return null;
        }
        Optional<Device> reading = devices.apply(device);
        List<Peer> peers = reading.map(Device::peers).orElse(List.of());
        if (peers.size() > LONGEST) {
            return null;
        }
        Map<PublicKey, Advertisement> listed = new LinkedHashMap<>();
        zone.peers().forEach(peer -> listed.put(peer.publicKey(), peer));
        reading.flatMap(Device::publicKey).ifPresent(listed::remove);
        Map<PublicKey, Peer> here = peers.stream().collect(Collectors.toMap(Peer::publicKey, peer -> peer));
        List<Map<String, @Nullable Object>> json = new ArrayList<>();
        listed.values()
                .forEach(peer -> json.add(json(
                        peer.publicKey(), Optional.of(peer), Optional.ofNullable(here.get(peer.publicKey())), names)));
        peers.stream()
                .filter(peer -> !listed.containsKey(peer.publicKey()))
                .forEach(peer -> json.add(json(peer.publicKey(), Optional.empty(), Optional.of(peer), names)));
        return json;
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

    private static Map<String, @Nullable Object> json(
            PublicKey key, Optional<Advertisement> listed, Optional<Peer> peer, PeerNames names) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("publicKey", key.toBase64());
        json.put("name", names.of(key).orElse(null));
        json.put("listed", listed.isPresent());
        List<Endpoint> endpoints = listed.map(Advertisement::endpoints)
                .orElseGet(() -> peer.flatMap(Peer::endpoint).map(List::of).orElse(List.of()));
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
        json.putAll(counters(peer));
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
