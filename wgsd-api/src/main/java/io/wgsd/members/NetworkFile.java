package io.wgsd.members;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A network as a text file, one line for each member, which people edit, compare and keep in git.
 *
 * <pre>{@code
 * # The hosts of example.com
 * zone example.com
 * range 10.0.0.0/24
 * registry hub key=… allowed=10.0.0.1/32 endpoint=192.0.2.1:51820
 * member alice key=… allowed=10.0.0.2/32 group=servers
 * member bob key=… allowed=10.0.0.3/32,192.168.7.0/24 disabled
 * invited carol until=2030-01-31T12:00:00Z allowed=10.0.0.4/32
 * }</pre>
 *
 * <p>Words are separated by blanks, and {@code #} begins a comment that goes on to the end of the line. A change leaves
 * all other lines as they are, comments and their order among them. Immutable and thread-safe.
 */
public final class NetworkFile {

    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_LINES = 4 * Network.MAX_MEMBERS;

    private final List<Line> lines;
    private final Network network;

    /** A line as it is written, with the member that it describes, or the reservation. */
    private record Line(
            String text, @Nullable Member member, @Nullable Reservation reserved) {

        static Line of(Member member) {
            return new Line(member.toString(), member, null);
        }

        boolean isOf(String name) {
            return (member != null && member.name().equals(name))
                    || (reserved != null && reserved.name().equals(name));
        }
    }

    private NetworkFile(List<Line> lines, Network network) {
        this.lines = lines;
        this.network = network;
    }

    /**
     * Returns a file that has no comments yet.
     *
     * @param network what it is to say
     * @return the file
     */
    public static NetworkFile of(Network network) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("zone " + network.names().origin().toString(true), null, null));
        network.ranges().forEach(range -> lines.add(new Line("range " + range, null, null)));
        network.members().forEach(member -> lines.add(Line.of(member)));
        return new NetworkFile(lines, network);
    }

    /**
     * Reads a file.
     *
     * @param text its content
     * @return the file
     * @throws FormatException if a line cannot be read, or two of them contradict each other; it names the line
     */
    public static NetworkFile parse(String text) {
        Reading reading = new Reading();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (number > MAX_LINES || line.length() > MAX_LINE) {
                throw new FormatException(
                        "line " + number,
                        line,
                        "is more than a network needs: " + MAX_LINES + " lines of " + MAX_LINE + " characters");
            }
            reading.line(number, line);
        }
        return reading.file();
    }

    /**
     * Returns what the file says.
     *
     * @return the network
     */
    public Network network() {
        return network;
    }

    /**
     * Returns the file's content.
     *
     * @return the lines, each ending in a line feed
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append('\n'));
        return text.toString();
    }

    /**
     * Returns the hosts that are invited.
     *
     * @return what is kept for them, in the file's order, also where an invitation has ended
     */
    public List<Reservation> reservations() {
        return lines.stream().map(Line::reserved).filter(Objects::nonNull).toList();
    }

    /**
     * Finds what is kept for an invited host.
     *
     * @param name the name in any letter case
     * @return the reservation; empty where there is none
     */
    public Optional<Reservation> reservation(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return reservations().stream().filter(each -> each.name().equals(lower)).findFirst();
    }

    /**
     * Finds an invitation that keeps what a host of another name is to have.
     *
     * @param member the other host
     * @param now the present time, after the end of invitations that do not count any more
     * @return the invitation that keeps one of its prefixes, or a part of one; empty where none does
     */
    public Optional<Reservation> keptFrom(Member member, Instant now) {
        // Any key that is not this host's, as an invited host has not shown its own yet.
        byte[] key = member.publicKey().toBytes();
        key[0] ^= 1;
        PublicKey other = PublicKey.of(key);
        return reservations().stream()
                .filter(kept -> !kept.isOver(now) && !kept.name().equals(member.name()))
                .filter(kept ->
                        Conflict.first(List.of(kept.host(other), member)).isPresent())
                .findFirst();
    }

    /**
     * Returns the addresses that the next host gets: as {@link Network#nextAddresses()}, and not what is kept for
     * others.
     *
     * @param now the present time, after the end of invitations that do not count any more
     * @return one prefix of a single address for each range
     * @throws FormatException if there is no range, or one has no address left
     */
    public List<IpPrefix> nextAddresses(Instant now) {
        List<Member> taken = new ArrayList<>(network.members());
        reservations().stream()
                .filter(reserved -> !reserved.isOver(now))
                .map(Reservation::placeholder)
                .forEach(taken::add);
        return network.nextAddresses(taken);
    }

    /**
     * Returns the file with a line for an invited host more, or in place of the one that it has.
     *
     * @param reservation what is kept for it
     * @return a new file
     * @throws FormatException if there is a member of that name, or of one of those addresses
     */
    public NetworkFile reserve(Reservation reservation) {
        network.member(reservation.name()).ifPresent(there -> {
            throw new FormatException("invited", there.name(), "is a member already");
        });
        // Whether the addresses are free, to know it before the host has them.
        network.with(reservation.placeholder());
        return put(reservation.name(), comment -> new Line(reservation + comment, null, reservation), network);
    }

    /**
     * Returns the file with a member's line more, at its end, or with another line in place of that member's, or of an
     * invitation to it.
     *
     * @param member the member
     * @return a new file
     * @throws FormatException if another member has its key, or one of its prefixes
     */
    public NetworkFile with(Member member) {
        return replace(member.name(), member);
    }

    /**
     * Returns the file with another member in the place of one, as when a host gets another name.
     *
     * @param name the name of the one that is there, in any letter case
     * @param member the other one
     * @return a new file, with the member at its end where there is none of that name
     * @throws FormatException if a third one has the member's name, its key, or one of its prefixes
     */
    public NetworkFile replace(String name, Member member) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.equals(member.name()) && reservation(member.name()).isPresent()) {
            throw new FormatException("member", member.name(), "there is an invitation for that name already");
        }
        Network without = network.without(lower);
        without.member(member.name()).ifPresent(other -> {
            throw new FormatException("member", member.name(), "there is a " + other.name() + " already");
        });
        Network changed = without.with(member);
        return put(lower, comment -> new Line(member + comment, member, null), changed);
    }

    /** Puts a line in the place of the one of that name, or at the end; it gets that one's comment. */
    private NetworkFile put(String name, Function<String, Line> line, Network changed) {
        List<Line> copy = new ArrayList<>(lines);
        int at = 0;
        while (at < copy.size() && !copy.get(at).isOf(name)) {
            at++;
        }
        if (at < copy.size()) {
            String comment = comment(copy.get(at).text());
            copy.set(at, line.apply(comment.isEmpty() ? "" : " " + comment));
        } else {
            copy.add(line.apply(""));
        }
        return new NetworkFile(copy, changed);
    }

    /**
     * Returns the file without a member's line, or without an invitation to it.
     *
     * @param name the member's name in any letter case
     * @return a new file, the same where there is no such member
     */
    public NetworkFile without(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return new NetworkFile(lines.stream().filter(line -> !line.isOf(lower)).toList(), network.without(lower));
    }

    /** Returns the content. */
    @Override
    public String toString() {
        return text();
    }

    private static String comment(String line) {
        int hash = line.indexOf('#');
        return hash < 0 ? "" : line.substring(hash);
    }

    /** What was read so far. */
    private static final class Reading {

        private final List<Line> lines = new ArrayList<>();
        private final List<Member> members = new ArrayList<>();
        private final List<Integer> numbers = new ArrayList<>();
        private final List<IpPrefix> ranges = new ArrayList<>();
        private final Set<String> invited = new HashSet<>();
        private @Nullable DnsSdNames names;

        void line(int number, String text) {
            String[] words = text.substring(0, text.length() - comment(text).length())
                    .strip()
                    .split("[ \t]+");
            Member member = null;
            Reservation reserved = null;
            try {
                switch (words[0]) {
                    case "" -> {}
                    case "zone" -> zone(only(words));
                    case "range" -> range(only(words));
                    case "member", "registry", "relay" -> {
                        member = MemberLine.parse(words);
                        members.add(member);
                        numbers.add(number);
                    }
                    case MemberLine.INVITED -> reserved = MemberLine.parseInvited(words);
                    default ->
                        throw new FormatException(
                                "word",
                                words[0],
                                "must be zone, range, member, registry, relay or invited, or behind a #");
                }
            } catch (FormatException e) {
                throw at(number, text, String.valueOf(e.getMessage()));
            }
            if (reserved != null && !invited.add(reserved.name())) {
                throw at(number, text, "is invited twice");
            }
            lines.add(new Line(text, member, reserved));
        }

        NetworkFile file() {
            if (names == null) {
                throw new FormatException("network", "", "needs a line with its zone, as in: zone example.com");
            }
            Conflict.first(members).ifPresent(conflict -> {
                throw at(
                        numbers.get(conflict.at()),
                        members.get(conflict.at()).toString(),
                        conflict.reason() + " (line " + numbers.get(conflict.with()) + ")");
            });
            members.stream()
                    .filter(each -> invited.contains(each.name()))
                    .findFirst()
                    .ifPresent(each -> {
                        throw new FormatException("invited", each.name(), "is a member already; take its line away");
                    });
            return new NetworkFile(lines, Network.of(names, ranges, members));
        }

        private void zone(String text) {
            if (names != null) {
                throw new FormatException("zone", text, "is the second one; a network has one zone");
            }
            names = DnsSdNames.parse(text);
        }

        private void range(String text) {
            IpPrefix range = IpPrefix.parse(text);
            if (ranges.contains(range)) {
                throw new FormatException("range", text, "is there already");
            }
            if (range.isDefaultRoute()) {
                throw new FormatException("range", text, "is all addresses; give the network's own, as in 10.0.0.0/24");
            }
            ranges.add(range);
        }

        private static String only(String[] words) {
            if (words.length != 2) {
                throw new FormatException("line", String.join(" ", words), "must be \"" + words[0] + "\" and one word");
            }
            return words[1];
        }

        private static FormatException at(int number, String text, String reason) {
            return new FormatException("line " + number, text.strip(), reason);
        }
    }
}
