package io.wgsd.command.explain;

import io.wgsd.command.output.NamedKeys;
import io.wgsd.members.PeerNames;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which peer is meant by a name, a key in base64 or base32, or the start of one of them.
 *
 * @param key the peer; empty where none or several are meant
 * @param problem why; empty where one is meant
 */
record PeerChoice(Optional<PublicKey> key, String problem) {

    private static final int SHOWN = 8;
    private static final int BASE64 = 44;

    static PeerChoice of(String text, Collection<PublicKey> keys, PeerNames names, String device) {
        String lower = text.toLowerCase(Locale.ROOT);
        String unpadded = lower.replaceFirst("=+$", "");
        // A whole name is meant even where others begin with it.
        List<PublicKey> meant =
                matching(keys, key -> names.of(key).filter(lower::equals).isPresent());
        if (meant.isEmpty()) {
            meant = matching(keys, key -> key.toBase64().startsWith(text));
        }
        if (meant.isEmpty()) {
            meant = matching(keys, key -> key.toBase32().startsWith(unpadded));
        }
        if (meant.isEmpty()) {
            meant = matching(
                    keys,
                    key -> names.of(key).filter(name -> name.startsWith(lower)).isPresent());
        }
        Optional<PublicKey> whole = meant.isEmpty() ? whole(text) : Optional.empty();
        if (whole.isPresent()) {
            return new PeerChoice(whole, "");
        }
        if (meant.size() == 1) {
            return new PeerChoice(Optional.of(meant.get(0)), "");
        }
        return new PeerChoice(
                Optional.empty(),
                meant.isEmpty()
                        ? "no peer of " + device + " has a name or a key that begins with \"" + text + "\""
                                + known(keys, names)
                        : "several peers of " + device + " begin with \"" + text + "\"" + known(meant, names));
    }

    /** A whole key is meant though no peer has it. */
    private static Optional<PublicKey> whole(String text) {
        try {
            return Optional.of(text.length() > BASE64 ? PublicKey.parseBase32(text) : PublicKey.parse(text));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private static List<PublicKey> matching(Collection<PublicKey> keys, Predicate<PublicKey> wanted) {
        return keys.stream().filter(wanted).sorted().toList();
    }

    private static String known(Collection<PublicKey> keys, PeerNames names) {
        return keys.isEmpty()
                ? "; it has none"
                : keys.stream()
                        .sorted()
                        .limit(SHOWN)
                        .map(key -> NamedKeys.in(key.toBase64(), names))
                        .collect(Collectors.joining(", ", "; there are: ", keys.size() > SHOWN ? " …" : ""));
    }
}
