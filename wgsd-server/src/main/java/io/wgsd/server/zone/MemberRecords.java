package io.wgsd.server.zone;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Device;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.access.VisibilityRules;
import io.wgsd.server.answer.access.Visible;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/**
 * What the whole zone says for relays elsewhere about peers, besides what it says of those that it serves: at {@code
 * <host>._wireguard-member._udp.Z} a TXT with {@code pub=}, the key.
 *
 * <p>Where peers are hidden from others, each peer has such a record. {@code sees=} is then the number of the view that
 * it has, or {@code all}, and {@code in=} lists the views that it is in, in several strings if they are many. Elsewhere
 * those peers alone have one that the zone does not serve, as because WireGuard was restarted and has forgotten their
 * endpoints: they are members all the same.
 *
 * <p>Keeps its last result, since most readings do not change it. Not thread-safe.
 */
final class MemberRecords {

    private static final String LABELS = "_wireguard-member._udp";
    private static final int LONGEST_STRING = 255;
    /** What is beyond is left out, so that who is in more views is reached by fewer: a record has room for 64 KiB. */
    private static final int MAX_LISTED = 48 << 10;

    private final Name above;
    private final VisibilityRules rules;
    private List<PublicKey> keys = List.of();
    private List<Record> records = List.of();

    MemberRecords(Name origin, VisibilityRules rules) {
        try {
            above = Name.fromString(LABELS, origin);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("the zone's name is too long for names of members: " + origin, e);
        }
        this.rules = rules;
    }

    /**
     * Returns the records for a device's peers: the very same list where nothing has changed.
     *
     * @param device the device
     * @param served the peers that the zone has
     */
    List<Record> of(Device device, List<Advertisement> served) {
        boolean hides = !rules.equals(VisibilityRules.EVERYONE);
        Set<PublicKey> known = new HashSet<>();
        if (!hides) {
            served.forEach(peer -> known.add(peer.publicKey()));
        }
        List<PublicKey> now = device.peers().stream()
                .map(Peer::publicKey)
                .filter(key -> !known.contains(key))
                .toList();
        if (!now.equals(keys)) {
            keys = now;
            Views views = hides ? new Views(rules, new HashSet<>(now)) : null;
            records = now.stream().map(key -> record(key, views)).toList();
        }
        return records;
    }

    private Record record(PublicKey key, @Nullable Views views) {
        List<String> text = new ArrayList<>(List.of("pub=" + key.toBase64()));
        if (views != null) {
            text.add("sees=" + views.of(key));
            text.addAll(views.listing(key));
        }
        try {
            return new TXTRecord(Name.fromString(key.toBase32(), above), DClass.IN, 1, text);
        } catch (TextParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The views, numbered: 0 is that of peers of which the policy says nothing. */
    private static final class Views {

        private final VisibilityRules rules;
        private final Map<Set<PublicKey>, Integer> numbers = new HashMap<>();
        private final Map<PublicKey, List<Integer>> containing = new HashMap<>();

        Views(VisibilityRules rules, Set<PublicKey> members) {
            this.rules = rules;
            number(rules.others(), members);
            rules.exceptions().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                    .forEach(each -> number(each.getValue(), members));
        }

        private void number(Visible visible, Set<PublicKey> members) {
            visible.keys().filter(seen -> !numbers.containsKey(seen)).ifPresent(seen -> {
                int number = numbers.size();
                numbers.put(seen, number);
                seen.stream()
                        .filter(members::contains)
                        .forEach(key -> containing
                                .computeIfAbsent(key, each -> new ArrayList<>())
                                .add(number));
            });
        }

        String of(PublicKey viewer) {
            return rules.exceptions()
                    .getOrDefault(viewer, rules.others())
                    .keys()
                    .map(seen -> String.valueOf(numbers.get(seen)))
                    .orElse("all");
        }

        List<String> listing(PublicKey peer) {
            List<String> strings = new ArrayList<>();
            StringBuilder string = new StringBuilder();
            int length = 0;
            for (int number : containing.getOrDefault(peer, List.of())) {
                String next = Integer.toString(number);
                if (length + next.length() > MAX_LISTED) {
                    break;
                }
                if (string.length() + 1 + next.length() > LONGEST_STRING) {
                    strings.add(string.toString());
                    string.setLength(0);
                }
                string.append(string.isEmpty() ? "in=" : ",").append(next);
                length += next.length() + 1;
            }
            if (!string.isEmpty()) {
                strings.add(string.toString());
            }
            return strings;
        }
    }
}
