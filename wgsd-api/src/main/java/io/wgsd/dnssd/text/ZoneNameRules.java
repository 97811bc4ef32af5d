package io.wgsd.dnssd.text;

import io.wgsd.model.FormatException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * What a zone, and a name server, may be called: what DNS calls a host name (RFC 1123, section 2.1). All else is
 * refused, with what to write instead.
 */
public final class ZoneNameRules {

    private static final Pattern HOST_LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?");
    private static final Pattern SERVICE_LABEL = Pattern.compile("_wireguard|_udp|_tcp", Pattern.CASE_INSENSITIVE);
    private static final String ZONE = "zone";

    private ZoneNameRules() {}

    /** Reads a name that a user has typed, with or without its last dot. */
    public static Name parse(String what, String text) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.equals("@")) {
            throw new FormatException(what, text, "must be a name in full, as in example.com");
        }
        if (stripped.length() < text.length()) {
            throw new FormatException(what, text, "has a blank at an end; write \"" + stripped + "\"");
        }
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new FormatException(
                    what,
                    text,
                    "is not as DNS has it; write "
                            + ascii(text).map(ascii -> "\"" + ascii + "\"").orElse("its xn-- form"));
        }
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new FormatException(what, text, "must be a domain name, as in example.com: " + e.getMessage());
        }
    }

    public static void checkZone(Name origin) {
        if (!origin.isAbsolute()) {
            throw new FormatException(ZONE, origin.toString(), "must end in a dot");
        }
        if (origin.equals(Name.root)) {
            throw new FormatException(ZONE, ".", "is the root, which is nobody's own; write a zone as in example.com");
        }
        int service = 0;
        while (service < origin.labels() - 1
                && SERVICE_LABEL.matcher(origin.getLabelString(service)).matches()) {
            service++;
        }
        if (service > 0) {
            Name zone = new Name(origin, service);
            throw new FormatException(
                    ZONE,
                    origin.toString(),
                    "is part of the service's name; give the zone that holds it: \"" + zone
                            + "\", which also has to be what is delegated to the registry, or a zone below it, as \"vpn."
                            + zone + "\"");
        }
        checkHost(ZONE, origin);
    }

    public static void checkHost(String what, Name name) {
        if (name.isWild()) {
            throw new FormatException(
                    what, name.toString(), "is a wildcard; write one name: \"" + new Name(name, 1) + "\"");
        }
        for (int i = 0; i < name.labels() - 1; i++) {
            if (!HOST_LABEL.matcher(name.getLabelString(i)).matches()) {
                throw new FormatException(what, name.toString(), "is no host name: " + remedy(name, i));
            }
        }
        if (name.getLabelString(name.labels() - 2).chars().allMatch(Character::isDigit)) {
            throw new FormatException(what, name.toString(), "ends as addresses do; write a name, as in example.com");
        }
    }

    private static String remedy(Name name, int wrong) {
        String label = name.getLabelString(wrong);
        return "the label \"" + label + "\" may have letters, digits and hyphens, these not at its ends"
                + repaired(name).map(better -> "; write \"" + better + "\"").orElse("");
    }

    /** Returns the name with each underscore as a hyphen and no blanks, if that is a host name. */
    private static Optional<String> repaired(Name name) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < name.labels() - 1; i++) {
            String label = name.getLabelString(i)
                    .replaceAll("\\\\032|\\\\009", "")
                    .replace('_', '-')
                    .replaceAll("^-+|-+$", "");
            if (!HOST_LABEL.matcher(label).matches()) {
                return Optional.empty();
            }
            labels.add(label);
        }
        return Optional.of(String.join(".", labels) + ".");
    }

    /** Returns a name of other letters as DNS has it, where there is only one way to write it so. */
    private static Optional<String> ascii(String text) {
        try {
            String ascii = IDN.toASCII(text);
            String back = IDN.toUnicode(ascii);
            String lower = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
            return back.equals(lower) ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
