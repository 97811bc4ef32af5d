package io.wgsd.backend.cli;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns a change into runs of {@code wg}, with what the device has by then: {@code wg} can neither say that only an
 * existing peer is to be changed, nor drop all peers, nor (before 1.0.20250521) add an allowed IP to others. A pure
 * function, except for the keys that the runs borrow.
 */
final class Planner {

    private final boolean addsAllowedIps;
    private final Map<PublicKey, Set<IpPrefix>> peers = new HashMap<>();
    private final Map<IpPrefix, PublicKey> owners = new HashMap<>();
    private final Runs runs;
    private @Nullable PublicKey own;

    private Planner(String device, Known before, boolean addsAllowedIps) {
        this.addsAllowedIps = addsAllowedIps;
        runs = new Runs(device);
        own = before.own().orElse(null);
        before.allowedIps().forEach((peer, allowedIps) -> {
            peers.put(peer, new LinkedHashSet<>(allowedIps));
            allowedIps.forEach(prefix -> owners.put(prefix, peer));
        });
    }

    /**
     * What has to be known of a device.
     *
     * @param own its own public key
     * @param allowedIps its peers, and what is theirs
     */
    record Known(Optional<PublicKey> own, Map<PublicKey, List<IpPrefix>> allowedIps) {

        /** Returns what suffices where {@link #needsReading} says so. */
        static Known nothing() {
            return new Known(Optional.empty(), Map.of());
        }
    }

    /** Returns whether the device has to be read before a change can be planned. */
    static boolean needsReading(DeviceChange change, boolean addsAllowedIps) {
        return change.isReplacePeers()
                || change.peers().stream()
                        .anyMatch(step -> step.isUpdateOnly()
                                || !step.removedAllowedIps().isEmpty()
                                || (!addsAllowedIps && !step.addedAllowedIps().isEmpty()));
    }

    /**
     * Returns the runs that carry out a change, in order.
     *
     * @param device the device's name
     * @param change the change, without restarts
     * @param before what the device has
     * @param addsAllowedIps whether this {@code wg} can add to allowed IPs
     */
    static List<Run> plan(String device, DeviceChange change, Known before, boolean addsAllowedIps) {
        Planner planner = new Planner(device, before, addsAllowedIps);
        planner.settings(change);
        change.peers().forEach(planner::step);
        return planner.runs.all();
    }

    private void settings(DeviceChange change) {
        List<String> words = new ArrayList<>();
        change.firewallMark().ifPresent(mark -> words.addAll(List.of("fwmark", Long.toString(mark))));
        change.listenPort().ifPresent(port -> words.addAll(List.of("listen-port", Integer.toString(port))));
        if (!words.isEmpty()) {
            runs.add(words, null);
        }
        if (change.isReplacePeers()) {
            List.copyOf(peers.keySet()).forEach(this::remove);
        }
        if (change.privateKey().isPresent()) {
            SecretKey key = change.privateKey().get();
            key(List.of("private-key", Runs.STDIN), key);
            PublicKey publicKey = key.publicKey();
            own = publicKey;
            // As WireGuard does by itself.
            forget(publicKey);
        } else if (change.isClearPrivateKey()) {
            key(List.of("private-key", Runs.NO_KEY), null);
            own = null;
        }
    }

    /**
     * Settings of the device come before any peer on a command line, so a key begins a run where peers were removed.
     */
    private void key(List<String> words, @Nullable SecretKey key) {
        runs.end();
        runs.add(words, key);
    }

    private void step(PeerChange step) {
        PublicKey key = step.publicKey();
        boolean isAbsent = !peers.containsKey(key);
        if (step.isRemove()) {
            remove(key);
        } else if (!isOwn(key) && !(isAbsent && step.isUpdateOnly())) {
            set(step);
        }
        runs.complete(key);
    }

    /** WireGuard ignores a device's own key as a peer. */
    private boolean isOwn(PublicKey key) {
        return own != null && own.equals(key);
    }

    private void set(PeerChange step) {
        PublicKey key = step.publicKey();
        List<String> words = new ArrayList<>(List.of("peer", key.toBase64()));
        step.presharedKey().ifPresent(secret -> words.addAll(List.of("preshared-key", Runs.STDIN)));
        if (step.isClearPresharedKey()) {
            words.addAll(List.of("preshared-key", Runs.NO_KEY));
        }
        step.endpoint().map(Endpoint::toString).ifPresent(endpoint -> words.addAll(List.of("endpoint", endpoint)));
        step.persistentKeepalive()
                .ifPresent(
                        interval -> words.addAll(List.of("persistent-keepalive", Long.toString(interval.toSeconds()))));
        Set<IpPrefix> before = peers.getOrDefault(key, Set.of());
        Set<IpPrefix> after = step.allowedIpsAfter(before);
        boolean isAddition = addsAllowedIps
                && !step.isReplaceAllowedIps()
                && step.removedAllowedIps().isEmpty();
        List<String> list = isAddition
                ? step.addedAllowedIps().stream().map(prefix -> "+" + prefix).toList()
                : after.stream().map(IpPrefix::toString).toList();
        boolean changesAllowedIps = step.isReplaceAllowedIps()
                || !step.addedAllowedIps().isEmpty()
                || !step.removedAllowedIps().isEmpty();
        String joined = String.join(",", list);
        if (changesAllowedIps && joined.length() < Runs.LONGEST / 2) {
            words.addAll(List.of("allowed-ips", joined));
        }
        runs.add(words, step.presharedKey().orElse(null));
        if (changesAllowedIps && joined.length() >= Runs.LONGEST / 2) {
            runs.addConfiguration(configuration(key, after));
        }
        own(key, before, after);
    }

    /** {@code wg addconf} replaces those that the peer has by these, and leaves all else. */
    private static String configuration(PublicKey key, Collection<IpPrefix> allowedIps) {
        return "[Peer]\nPublicKey=" + key + "\n"
                + allowedIps.stream()
                        .map(prefix -> "AllowedIPs=" + prefix + "\n")
                        .collect(Collectors.joining());
    }

    private void own(PublicKey key, Set<IpPrefix> before, Set<IpPrefix> after) {
        before.forEach(prefix -> owners.remove(prefix, key));
        for (IpPrefix prefix : after) {
            PublicKey loser = owners.put(prefix, key);
            if (loser != null && !loser.equals(key)) {
                peers.computeIfPresent(loser, (peer, left) -> without(left, prefix));
            }
        }
        peers.put(key, after);
    }

    private static Set<IpPrefix> without(Set<IpPrefix> prefixes, IpPrefix lost) {
        prefixes.remove(lost);
        return prefixes;
    }

    private void remove(PublicKey key) {
        // One that is not known to be there may have come meanwhile.
        runs.add(List.of("peer", key.toBase64(), "remove"), null);
        forget(key);
    }

    private void forget(PublicKey key) {
        Set<IpPrefix> left = peers.remove(key);
        if (left != null) {
            left.forEach(prefix -> owners.remove(prefix, key));
        }
    }
}
