package io.wgsd.members;

import io.wgsd.members.MembershipRefusal.Reason;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a network's members mean to the device of one of them: which peers it is to have, with which prefixes.
 *
 * <p>A device needs nothing that its host's policy refuses, and nothing is ever done to a peer or prefix that was not
 * made because of a member. A member whose prefix is inside one of a registry's gets it while it is connected, and the
 * registry has it again when it is not, so that the way by the registry always works. All methods are pure. Immutable
 * and thread-safe.
 */
public final class Membership {

    private final MembershipPolicy policy;
    private final VerifiedNetwork verified;
    /** The members that the policy takes, in the order of their keys. */
    private final List<Member> wanted;
    /** What each of these may have, by its signature and the policy. */
    private final Map<PublicKey, NavigableSet<IpPrefix>> permitted = new TreeMap<>();

    private final List<MembershipRefusal> refusals = new ArrayList<>();
    private final Set<PublicKey> registries;
    private final Map<PublicKey, Endpoint> endpoints = new TreeMap<>();

    private Membership(MembershipPolicy policy, VerifiedNetwork verified) {
        this.policy = policy;
        this.verified = verified;
        List<Member> all = verified.network().members();
        wanted = all.stream()
                .filter(member -> member.role() == MemberRole.REGISTRY
                        || (member.role() == MemberRole.MEMBER
                                && (policy.groups().isEmpty()
                                        || !Collections.disjoint(policy.groups(), member.groups()))))
                .sorted(Comparator.comparing(Member::publicKey))
                .toList();
        registries = all.stream()
                .filter(member -> member.role() == MemberRole.REGISTRY)
                .map(Member::publicKey)
                .collect(Collectors.toUnmodifiableSet());
        Set<PublicKey> everywhere = waysToEverywhere(all);
        for (Member member : wanted) {
            member.endpoints().stream().limit(1).forEach(first -> endpoints.put(member.publicKey(), first));
            NavigableSet<IpPrefix> prefixes = new TreeSet<>();
            for (IpPrefix prefix : member.allowedIps()) {
                Optional<Reason> reason = refusal(prefix, everywhere.contains(member.publicKey()));
                reason.ifPresentOrElse(
                        why -> refusals.add(new MembershipRefusal(member, prefix, why)), () -> prefixes.add(prefix));
            }
            permitted.put(member.publicKey(), prefixes);
        }
    }

    /**
     * Returns what a network means to the devices of a host.
     *
     * @param policy what the host lets its owner do
     * @param network what the owner has signed
     * @return the membership
     */
    public static Membership of(MembershipPolicy policy, VerifiedNetwork network) {
        return new Membership(policy, network);
    }

    /**
     * Returns what the owner has signed.
     *
     * @return the network
     */
    public VerifiedNetwork network() {
        return verified;
    }

    /**
     * Returns what is to be done to a device so that it has what it needs.
     *
     * <p>While the signatures are not valid, what was made before may be made again, as after a restart of the host, and
     * nothing is added to that.
     *
     * @param device the device as it is
     * @param now the wall clock's time
     * @param made what was made on it before
     * @param connected the members to which there is a session: these take what is theirs out of a registry's prefixes
     * @return the change, and what will have been made after it
     */
    public MembershipPlan plan(Device device, Instant now, MadePeers made, Set<PublicKey> connected) {
        return new Planning(this, device, now, made, connected).plan();
    }

    MembershipPolicy policy() {
        return policy;
    }

    List<Member> wanted() {
        return wanted;
    }

    NavigableSet<IpPrefix> permitted(PublicKey member) {
        return permitted.getOrDefault(member, Collections.emptyNavigableSet());
    }

    List<MembershipRefusal> refusals() {
        return refusals;
    }

    Set<PublicKey> registries() {
        return registries;
    }

    /** Returns the endpoint that a registry is made with; empty for other members. */
    Optional<Endpoint> endpoint(PublicKey key) {
        return Optional.ofNullable(endpoints.get(key));
    }

    boolean isValid(Instant now) {
        return !now.isBefore(verified.validFrom()) && !now.isAfter(verified.validUntil());
    }

    boolean isExpired(Instant now) {
        return now.isAfter(verified.validUntil());
    }

    private Optional<Reason> refusal(IpPrefix prefix, boolean everywhere) {
        boolean single = prefix.length() == prefix.network().bitLength();
        if (!policy.isDefaultRoute() && (prefix.isDefaultRoute() || (everywhere && !single))) {
            return Optional.of(Reason.DEFAULT_ROUTE);
        }
        if (!policy.within().isEmpty() && policy.within().stream().noneMatch(network -> isIn(prefix, network))) {
            return Optional.of(Reason.OUTSIDE_POLICY);
        }
        boolean ofHost = !prefix.isDefaultRoute()
                && policy.hostNetworks().stream().anyMatch(own -> isIn(prefix, own) || isIn(own, prefix));
        return ofHost ? Optional.of(Reason.HOST_NETWORK) : Optional.empty();
    }

    private static boolean isIn(IpPrefix inner, IpPrefix outer) {
        return outer.length() <= inner.length() && outer.contains(inner.network());
    }

    private static Set<PublicKey> waysToEverywhere(List<Member> members) {
        // Of IPv6 half of 2000::/3 is a sixteenth of all. Most networks are far from either.
        if (share(members, false) < 0.49 && share(members, true) < 0.06) {
            return Set.of();
        }
        Device.Builder device = Device.builder("members", DeviceKind.USERSPACE);
        members.forEach(member -> device.peer(
                Peer.builder(member.publicKey()).allowedIps(member.allowedIps()).build()));
        return CryptokeyRouting.of(device.build()).waysToEverywhere();
    }

    /** Returns at least which part of a family's addresses all prefixes hold together; what several hold counts again. */
    private static double share(List<Member> members, boolean ipv6) {
        double share = 0;
        for (Member member : members) {
            for (IpPrefix prefix : member.allowedIps()) {
                share += prefix.network().isIpv6() == ipv6 ? Math.scalb(1.0, -prefix.length()) : 0;
            }
        }
        return share;
    }
}
