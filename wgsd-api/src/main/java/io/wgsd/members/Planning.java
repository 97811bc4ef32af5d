package io.wgsd.members;

import io.wgsd.members.MembershipRefusal.Reason;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How a {@link Membership} becomes the change of one device. */
final class Planning {

    private final Membership membership;
    private final Device device;
    private final Instant now;
    private final MadePeers made;
    private final Set<PublicKey> connected;
    private final Map<PublicKey, Peer> present = new HashMap<>();
    /** What is on the device, and was not made because of a member. */
    private final PrefixOwners foreign = new PrefixOwners();

    private final List<MembershipRefusal> refusals;
    /** What each peer of our making is given in the end. */
    private final NavigableMap<PublicKey, NavigableSet<IpPrefix>> given = new TreeMap<>();

    Planning(Membership membership, Device device, Instant now, MadePeers made, Set<PublicKey> connected) {
        this.membership = membership;
        this.device = device;
        this.now = now;
        this.made = made;
        this.connected = connected;
        refusals = new ArrayList<>(membership.refusals());
        for (Peer peer : device.peers()) {
            present.put(peer.publicKey(), peer);
            Set<IpPrefix> own = made.prefixes(peer.publicKey());
            peer.allowedIps().stream()
                    .filter(prefix -> !own.contains(prefix))
                    .forEach(prefix -> foreign.add(prefix, peer.publicKey()));
        }
    }

    MembershipPlan plan() {
        boolean ended = membership.policy().isRemoveOnExpiry() && membership.isExpired(now);
        for (Member member : membership.wanted()) {
            PublicKey key = member.publicKey();
            boolean foreignPeer = present.containsKey(key) && !made.contains(key);
            boolean stays = !ended || membership.registries().contains(key);
            if (!device.publicKey().equals(Optional.of(key)) && !foreignPeer && stays) {
                give(member);
            }
        }
        limit();
        MadePeers after = MadePeers.of(given);
        refusals.sort(Comparator.comparing(MembershipRefusal::publicKey)
                .thenComparing(
                        refusal -> refusal.prefix().map(IpPrefix::toString).orElse("")));
        return new MembershipPlan(change(), made.union(after), after, refusals);
    }

    private void give(Member member) {
        PublicKey key = member.publicKey();
        boolean valid = membership.isValid(now);
        NavigableSet<IpPrefix> prefixes = new TreeSet<>();
        for (IpPrefix prefix : membership.permitted(key)) {
            if (foreign.isTaken(prefix, key, membership.registries())) {
                refusals.add(new MembershipRefusal(member, prefix, Reason.FOREIGN_PEER));
            } else if (!valid && !made.prefixes(key).contains(prefix)) {
                refusals.add(new MembershipRefusal(member, prefix, Reason.NOT_VALID_NOW));
            } else {
                prefixes.add(prefix);
            }
        }
        if (!prefixes.isEmpty()) {
            given.put(key, prefixes);
        }
    }

    /** Takes away what is too much: peers that are new before those that were made already. */
    private void limit() {
        int most = membership.policy().maxPeers();
        if (given.size() <= most) {
            return;
        }
        List<Member> kept = membership.wanted().stream()
                .filter(member -> given.containsKey(member.publicKey()))
                .sorted(Comparator.comparing((Member member) -> !made.contains(member.publicKey()))
                        .thenComparing(Member::publicKey))
                .toList();
        for (Member member : kept.subList(most, kept.size())) {
            given.remove(member.publicKey());
            refusals.add(new MembershipRefusal(member, null, Reason.TOO_MANY_PEERS));
        }
    }

    private DeviceChange change() {
        DeviceChange.Builder change = DeviceChange.builder();
        for (PublicKey key : made.peers()) {
            if (!given.containsKey(key) && present.containsKey(key)) {
                change.peer(key).remove();
            }
        }
        PrefixOwners shared = registriesPrefixes();
        NavigableMap<PublicKey, Set<IpPrefix>> needed = new TreeMap<>();
        given.forEach((key, prefixes) -> {
            Set<IpPrefix> now = neededNow(key, prefixes, shared);
            Peer peer = present.get(key);
            if (peer == null || !isSame(peer.allowedIps(), now)) {
                needed.put(key, now);
            }
        });
        needed.forEach((key, prefixes) -> narrow(key, prefixes, change));
        needed.forEach((key, prefixes) -> widen(key, prefixes, change));
        return change.build();
    }

    private PrefixOwners registriesPrefixes() {
        PrefixOwners shared = new PrefixOwners();
        for (PublicKey registry : membership.registries()) {
            Collection<IpPrefix> own = given.containsKey(registry)
                    ? given.get(registry)
                    : present.containsKey(registry) ? present.get(registry).allowedIps() : List.<IpPrefix>of();
            own.forEach(prefix -> shared.add(prefix, registry));
        }
        return shared;
    }

    /** Returns what a peer is to have at the moment: all that it is given, save for what the way by a registry has. */
    private Set<IpPrefix> neededNow(PublicKey key, NavigableSet<IpPrefix> prefixes, PrefixOwners shared) {
        if (connected.contains(key)
                || prefixes.stream().noneMatch(prefix -> shared.hasAround(prefix, key, membership.registries()))) {
            return prefixes;
        }
        Set<IpPrefix> needed = new TreeSet<>(prefixes);
        needed.removeIf(prefix -> shared.hasAround(prefix, key, membership.registries()));
        return needed;
    }

    private static boolean isSame(Collection<IpPrefix> some, Set<IpPrefix> other) {
        return some.size() == other.size() && other.containsAll(some);
    }

    private void narrow(PublicKey key, Set<IpPrefix> needed, DeviceChange.Builder change) {
        Peer peer = present.get(key);
        if (peer == null) {
            return;
        }
        Set<IpPrefix> surplus = new TreeSet<>(peer.allowedIps());
        surplus.retainAll(made.prefixes(key));
        surplus.removeAll(needed);
        if (!surplus.isEmpty()) {
            PeerChange.Builder narrower = change.peer(key).updateOnly();
            surplus.forEach(narrower::removeAllowedIp);
        }
    }

    private void widen(PublicKey key, Set<IpPrefix> needed, DeviceChange.Builder change) {
        Peer peer = present.get(key);
        Set<IpPrefix> missing = new TreeSet<>(needed);
        if (peer != null) {
            missing.removeAll(new HashSet<>(peer.allowedIps()));
            if (!missing.isEmpty()) {
                change.peer(key).updateOnly().addAllowedIps(missing);
            }
            return;
        }
        PeerChange.Builder fresh = change.peer(key).addAllowedIps(missing);
        membership.endpoint(key).ifPresent(fresh::endpoint);
    }
}
