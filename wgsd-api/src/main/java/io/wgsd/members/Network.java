package io.wgsd.members;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who belongs to a network: its zone, the ranges from which members get addresses, and the members.
 *
 * <p>No two members have the same key, name or prefix, and none has part of another's, except of what a registry or a
 * default route shares with all. Immutable and thread-safe.
 */
public final class Network {

    /** How many members a network has at most. */
    public static final int MAX_MEMBERS = 32_768;
    /** How many ranges a network has at most. */
    public static final int MAX_RANGES = 16;

    private final DnsSdNames names;
    private final List<IpPrefix> ranges;
    private final List<Member> members;

    private Network(DnsSdNames names, Collection<IpPrefix> ranges, Collection<Member> members) {
        this.names = Objects.requireNonNull(names, "names");
        this.ranges = List.copyOf(new TreeSet<>(ranges));
        this.members =
                members.stream().sorted(Comparator.comparing(Member::name)).toList();
    }

    /**
     * Returns a network.
     *
     * @param names the names of the zone whose registry the members ask, {@code Z}
     * @param ranges the networks from which members get addresses
     * @param members the members in any order
     * @return the network
     * @throws FormatException if two members have the same key, name or prefix, one has part of another's, or there are
     *     too many of either
     */
    public static Network of(DnsSdNames names, Collection<IpPrefix> ranges, Collection<Member> members) {
        Network network = new Network(names, ranges, members);
        if (network.members.size() > MAX_MEMBERS || network.ranges.size() > MAX_RANGES) {
            throw new FormatException(
                    "network", names.toString(), "may have " + MAX_MEMBERS + " members and " + MAX_RANGES + " ranges");
        }
        Conflict.first(network.members).ifPresent(conflict -> {
            throw new FormatException(
                    "member", network.members.get(conflict.at()).name(), conflict.reason());
        });
        return network;
    }

    /**
     * Returns the names of the zone whose registry the members ask; the members' own zone is {@code members} below it.
     *
     * @return the names of {@code Z}
     */
    public DnsSdNames names() {
        return names;
    }

    /**
     * Returns the networks from which members get addresses.
     *
     * @return the ranges in ascending order, each once; unmodifiable
     */
    public List<IpPrefix> ranges() {
        return ranges;
    }

    /**
     * Returns all members, disabled ones among them.
     *
     * @return the members in ascending order of their names; unmodifiable
     */
    public List<Member> members() {
        return members;
    }

    /**
     * Returns the network as its zone has it.
     *
     * @return the same network without its disabled members
     */
    public Network enabled() {
        return new Network(
                names,
                ranges,
                members.stream().filter(member -> !member.isDisabled()).toList());
    }

    /**
     * Finds a member by its name.
     *
     * @param name the name in any letter case
     * @return the member; empty where there is none
     */
    public Optional<Member> member(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return members.stream().filter(member -> member.name().equals(lower)).findFirst();
    }

    /**
     * Returns the network with a member more, or with another one in place of the one of that name.
     *
     * @param member the member
     * @return a new network
     * @throws FormatException if another member has its key, or one of its prefixes
     */
    public Network with(Member member) {
        List<Member> more = new ArrayList<>(without(member.name()).members);
        more.add(member);
        return of(names, ranges, more);
    }

    /**
     * Returns the network without a member.
     *
     * @param name the member's name in any letter case
     * @return a new network, which is equal to this one where there is no such member
     */
    public Network without(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return new Network(
                names,
                ranges,
                members.stream().filter(member -> !member.name().equals(lower)).toList());
    }

    /**
     * Returns the addresses that the next member gets: of each range the lowest one that nobody has, disabled members
     * among them.
     *
     * @return one prefix of a single address for each range
     * @throws FormatException if there is no range, or one has no address left
     */
    public List<IpPrefix> nextAddresses() {
        return nextAddresses(members);
    }

    List<IpPrefix> nextAddresses(List<Member> taken) {
        if (ranges.isEmpty()) {
            throw new FormatException(
                    "network", names.toString(), "has no range to take an address from; add a line: range 10.0.0.0/24");
        }
        return ranges.stream().map(range -> FreeAddresses.lowest(range, taken)).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network that
                && names.origin().equals(that.names.origin())
                && ranges.equals(that.ranges)
                && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return Objects.hash(names.origin(), members);
    }

    /** Returns the zone and how many members there are. */
    @Override
    public String toString() {
        return "Network[" + names + ", " + members.size() + " members]";
    }
}
