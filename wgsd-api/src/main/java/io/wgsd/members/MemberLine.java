package io.wgsd.members;

import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A member as one line: {@code member alice key=… allowed=10.0.0.2/32,fd00::2/128 group=servers disabled}. */
final class MemberLine {

    private MemberLine() {}

    static String text(Member member) {
        StringBuilder line = new StringBuilder(member.role().text())
                .append(' ')
                .append(member.name())
                .append(" key=")
                .append(member.publicKey());
        append(line, "allowed", member.allowedIps());
        append(line, "endpoint", member.endpoints());
        append(line, "group", member.groups());
        return line.append(member.isDisabled() ? " disabled" : "").toString();
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
        if (words.length < 2) {
            throw new FormatException("line", words[0], "must go on with a name, as in: member alice key=… allowed=…");
        }
        PublicKey key = key(words);
        Member.Builder member = Member.builder(key, words[1]).role(MemberRole.parse(words[0]));
        Set<String> seen = new HashSet<>();
        for (int i = 2; i < words.length; i++) {
            String word = words[i];
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!seen.add(name)) {
                throw new FormatException("word", word, "is there twice; give several values with commas between them");
            }
            String values = word.substring(equals + 1);
            switch (equals < 0 ? word : name + "=") {
                case "key=" -> {}
                case "allowed=" -> each(values, text -> member.allowedIp(IpPrefix.parse(text)));
                case "endpoint=" -> each(values, text -> member.endpoint(Endpoint.parse(text)));
                case "group=" -> each(values, member::group);
                case "disabled" -> member.disabled(true);
                default ->
                    throw new FormatException(
                            "word",
                            word,
                            "must be key=, allowed=, endpoint=, group= or disabled, without blanks within");
            }
        }
        return member.build();
    }

    private static PublicKey key(String[] words) {
        for (int i = 2; i < words.length; i++) {
            if (words[i].startsWith("key=")) {
                return PublicKey.parse(words[i].substring("key=".length()));
            }
        }
        throw new FormatException(
                words[0], words[1], "needs the host's public key, as in key=…, which wg pubkey prints");
    }

    private static void each(String values, Consumer<String> value) {
        for (String text : values.split(",", -1)) {
            value.accept(text);
        }
    }
}
