package io.wgsd.command.output;

import io.wgsd.members.PeerNames;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.util.regex.Pattern;

/** Texts that name peers by their keys, with the names that people give them. */
public final class NamedKeys {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{43}=");

    private NamedKeys() {}

    /** Returns a text with the names of peers before their keys, which follow in parentheses. */
    public static String in(String text, PeerNames names) {
        return names.isEmpty() ? text : KEY.matcher(text).replaceAll(found -> named(found.group(), names));
    }

    private static String named(String key, PeerNames names) {
        try {
            return names.of(PublicKey.parse(key))
                    .map(name -> name + " (" + key + ")")
                    .orElse(key);
        } catch (FormatException e) {
            return key;
        }
    }
}
