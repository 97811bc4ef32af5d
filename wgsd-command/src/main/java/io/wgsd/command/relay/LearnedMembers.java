package io.wgsd.command.relay;

import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import io.wgsd.relay.RelayMembers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The members that a relay has learned, and which of them may reach which. Immutable and thread-safe.
 *
 * @param members what is known of each; unmodifiable
 */
record LearnedMembers(SortedMap<PublicKey, Views> members) {

    static final LearnedMembers NONE = new LearnedMembers(new TreeMap<>());

    private static final String ALL = "all";

    /**
     * The views of a registry's zone, as far as a member is concerned.
     *
     * @param sees the name of the view that the member has; empty where the registry does not say
     * @param in the names of the views in which the member is
     */
    record Views(Optional<String> sees, Set<String> in) {

        static final Views UNSAID = new Views(Optional.empty(), Set.of());

        Views {
            in = Set.copyOf(in);
        }
    }

    /** Returns the relay's members. Where the registry names views, who has none may reach nobody. */
    RelayMembers toRelayMembers() {
        RelayMembers all = RelayMembers.of(members.keySet());
        boolean hides = members.values().stream().anyMatch(views -> views.sees().isPresent());
        return hides ? all.withPolicy(this::mayReach) : all;
    }

    private boolean mayReach(PublicKey from, PublicKey to) {
        String view = members.getOrDefault(from, Views.UNSAID).sees().orElse("");
        return view.equals(ALL) || members.getOrDefault(to, Views.UNSAID).in().contains(view);
    }

    /** Returns a text with a line for each member, which {@link #parse} reads. */
    String toText() {
        return members.entrySet().stream()
                .map(member -> member.getKey().toBase64() + viewsText(member.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String viewsText(Views views) {
        return views.sees()
                .map(view -> " " + view + " " + views.in().stream().sorted().collect(Collectors.joining(",")))
                .orElse("");
    }

    /**
     * Reads a text.
     *
     * @throws FormatException if it has a line that is no member's
     */
    static LearnedMembers parse(String text) {
        SortedMap<PublicKey, Views> members = new TreeMap<>();
        for (String line : text.lines().toList()) {
            List<String> words = Arrays.asList(line.split(" ", 3));
            members.put(
                    PublicKey.parse(words.get(0)),
                    words.size() < 3
                            ? Views.UNSAID
                            : new Views(
                                    Optional.of(words.get(1)),
                                    Arrays.stream(words.get(2).split(","))
                                            .filter(view -> !view.isEmpty())
                                            .collect(Collectors.toSet())));
        }
        return new LearnedMembers(members);
    }
}
