package io.wgsd.command.http;

import io.wgsd.model.FormatException;
import io.wgsd.model.IpAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which values of the header {@code Host} name this host's loopback. A page from elsewhere, whose own name was made to
 * resolve to 127.0.0.1 (DNS rebinding), sends that name, and must not read anything.
 */
final class LocalHost {

    private static final Pattern HOST = Pattern.compile("(\\[([0-9a-fA-F:.]{2,45})]|[A-Za-z0-9.-]{1,253})(:\\d{1,5})?");

    private LocalHost() {}

    /** Returns whether a header names loopback: {@code localhost} or an address, with any port or none. */
    static boolean isNamedBy(String header) {
        Matcher matcher = HOST.matcher(header);
        if (!matcher.matches()) {
            return false;
        }
        String host = matcher.group(2) == null ? matcher.group(1) : matcher.group(2);
        if (host.toLowerCase(Locale.ROOT).equals("localhost")) {
            return true;
        }
        try {
            return IpAddress.parse(host).toInetAddress().isLoopbackAddress();
        } catch (FormatException e) {
            return false;
        }
    }
}
