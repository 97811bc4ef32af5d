package io.wgsd.members;

import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A member as one line: {@code member alice key=… allowed=10.0.0.2/32,fd00::2/128 group=servers disabled}, and a
 * reservation: {@code invited alice until=… allowed=10.0.0.2/32}.
 */
final class MemberLine {

    /** The word with which a reservation begins. */
    static final String INVITED = "invited";

    private MemberLine() {}

    static String text(Member member) {
        StringBuilder line = new StringBuilder(member.role().text())
                .append(' ')
                .append(member.name())
                .append(" key=")
                .append(member.publicKey());
        appendRest(line, member);
        return line.append(member.isDisabled() ? " disabled" : "").toString();
    }

    static String text(Reservation reservation) {
        Member host = reservation.placeholder();
        StringBuilder line = new StringBuilder(INVITED)
                .append(' ')
                .append(host.name())
                .append(" until=")
                .append(reservation.until());
        if (host.role() != MemberRole.MEMBER) {
            line.append(" role=").append(host.role().text());
        }
        appendRest(line, host);
        return line.toString();
    }

    private static void appendRest(StringBuilder line, Member member) {
        append(line, "allowed", member.allowedIps());
        append(line, "endpoint", member.endpoints());
        append(line, "group", member.groups());
    }

    private static void append(StringBuilder line, String word, Collection<?> values) {
        if (!values.isEmpty()) {
            line.append(' ')
                    .append(word)
                    .append('=')
                    .append(values.stream().map(Object::toString).collect(Collectors.joining(",")));
        }
    }

    /** Reads the words of a line, of which the first is a role. */
    static Member parse(String[] words) {
        Map<String, String> values = values(words, "member alice key=… allowed=…", "key", "disabled");
        String key = values.get("key");
        if (key == null) {
            throw new FormatException(
                    words[0], words[1], "needs the host's public key, as in key=…, which wg pubkey prints");
        }
        Member.Builder member = Member.builder(PublicKey.parse(key), words[1]).role(MemberRole.parse(words[0]));
        addRest(member, values);
        return member.disabled(values.containsKey("disabled")).build();
    }

    /** Reads the words of a line, of which the first is {@link #INVITED}. */
    static Reservation parseInvited(String[] words) {
        Map<String, String> values = values(words, "invited alice until=… allowed=…", "until", "role");
        String until = values.getOrDefault("until", "");
        Instant end;
        try {
            end = Instant.parse(until);
        } catch (DateTimeParseException e) {
            throw new FormatException("until", until, "must be when the invitation ends, as in 2030-01-31T12:00:00Z");
        }
        MemberRole role = MemberRole.parse(values.getOrDefault("role", MemberRole.MEMBER.text()));
        return Reservation.of(words[1], host -> addRest(host.role(role), values), end);
    }

    private static void addRest(Member.Builder member, Map<String, String> values) {
        each(values, "allowed", text -> member.allowedIp(IpPrefix.parse(text)));
        each(values, "endpoint", text -> member.endpoint(Endpoint.parse(text)));
        each(values, "group", member::group);
    }

    /** Returns what is behind the name, word by word, with an empty value for {@code disabled}. */
    private static Map<String, String> values(String[] words, String example, String... own) {
        if (words.length < 2) {
            throw new FormatException("line", words[0], "must go on with a name, as in: " + example);
        }
        Set<String> known = new LinkedHashSet<>(List.of(own));
        known.addAll(List.of("allowed", "endpoint", "group"));
        Map<String, String> values = new HashMap<>();
        for (String word : List.of(words).subList(2, words.length)) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!known.contains(name) || name.equals("disabled") != (equals < 0)) {
                String expected = known.stream()
                        .map(each -> each.equals("disabled") ? each : each + "=")
                        .collect(Collectors.joining(", "));
                throw new FormatException("word", word, "must be one of " + expected + ", without blanks within");
            }
            if (values.put(name, word.substring(equals + 1)) != null) {
                throw new FormatException("word", word, "is there twice; give several values with commas between them");
            }
        }
        return values;
    }

    private static void each(Map<String, String> values, String name, Consumer<String> value) {
        if (values.containsKey(name)) {
            for (String text : values.getOrDefault(name, "").split(",", -1)) {
                value.accept(text);
            }
        }
    }
}
