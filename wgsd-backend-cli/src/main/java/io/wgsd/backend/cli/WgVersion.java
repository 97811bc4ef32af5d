package io.wgsd.backend.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of wireguard-tools, which is a date.
 *
 * @param text as in {@code 1.0.20210914}
 * @param date as in 20210914
 */
record WgVersion(String text, int date) {

    private static final Pattern PRINTED =
            Pattern.compile("wireguard-tools v([0-9.]*?([0-9]{8}))\\b.*", Pattern.DOTALL);

    /** The first version that takes {@code allowed-ips +10.0.0.0/24}. */
    private static final int ADDS_ALLOWED_IPS = 20250521;

    /** Reads what {@code wg --version} prints; a version that cannot be read is taken for an old one. */
    static WgVersion of(String printed) {
        Matcher matcher = PRINTED.matcher(printed);
        return matcher.matches()
                ? new WgVersion(matcher.group(1), Integer.parseInt(matcher.group(2)))
                : new WgVersion("of unknown version", 0);
    }

    /** Returns whether allowed IPs can be added to those that a peer has, rather than only put in their place. */
    boolean addsAllowedIps() {
        return date >= ADDS_ALLOWED_IPS;
    }
}
