package io.wgsd.members.text;

import io.wgsd.model.FormatException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What members, other peers and groups may be called: the rules for all names that people give. */
public final class MemberNames {

    private static final int MAX_NAME = 50;
    private static final int MAX_GROUP = 32;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    /** What inet_aton(3) takes for an address, so that it would never be looked up. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    /** Names that mean something else to software that searches this domain. */
    private static final Set<String> RESERVED = Set.of("members", "localhost", "wpad", "isatap", "ns1");

    private MemberNames() {}

    /** Returns a member's name in lower case: a host's name, shorter than the one that a key makes. */
    public static String name(String text) {
        return name("member name", text);
    }

    /** Returns a name in lower case, of what an exception calls the subject. */
    public static String name(String subject, String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (name.length() > MAX_NAME || !LABEL.matcher(name).matches()) {
            throw new FormatException(
                    subject,
                    text,
                    "must be 1.." + MAX_NAME + " letters, digits and hyphens, these not at its ends, as in alice");
        }
        if (NUMBER.matcher(name).matches()) {
            throw new FormatException(subject, text, "reads as an address; begin it with a letter");
        }
        if (RESERVED.contains(name)) {
            throw new FormatException(subject, text, "means something else in a zone; choose another");
        }
        return name;
    }

    /** Returns a group's name in lower case. */
    public static String group(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (name.length() > MAX_GROUP || !LABEL.matcher(name).matches()) {
            throw new FormatException(
                    "group",
                    text,
                    "must be 1.." + MAX_GROUP + " letters, digits and hyphens, these not at its ends, as in servers");
        }
        return name;
    }
}
