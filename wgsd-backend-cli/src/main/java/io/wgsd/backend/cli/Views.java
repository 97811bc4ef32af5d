package io.wgsd.backend.cli;

import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.net.ProtocolException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@code wg show DEVICE VIEW} prints (src/show.c): one value, or a line for each peer with its key, a tab
 * and its value. Pure functions; a text that is none of {@code wg}'s is a {@link ProtocolException}.
 */
final class Views {

    private static final String NONE = "(none)";
    private static final String OFF = "off";
    private static final int MAX_PORT = 65535;
    private static final int MAX_KEEPALIVE = 65535;
    private static final long MAX_MARK = 0xffff_ffffL;

    private Views() {}

    /** Reads the value of each peer. */
    interface Value<T> {
        T parse(String text) throws ProtocolException;
    }

    /** Reads a line for each peer. */
    static <T> Map<PublicKey, T> peers(String text, Value<T> value) throws ProtocolException {
        Map<PublicKey, T> peers = new LinkedHashMap<>();
        int number = 0;
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 1;
            number++;
            int tab = line.indexOf('\t');
            if (tab < 0) {
                throw new ProtocolException("line " + number + " has no tab");
            }
            try {
                PublicKey key = PublicKey.parse(line.substring(0, tab));
                if (peers.put(key, value.parse(line.substring(tab + 1))) != null) {
                    throw new ProtocolException("line " + number + " has a peer that another line has, too: " + key);
                }
            } catch (FormatException e) {
                throw new ProtocolException("line " + number + ": " + e.getMessage());
            }
        }
        return peers;
    }

    /** Reads {@code endpoints}; a peer whose packets come from port 0 has none that could be answered. */
    static Optional<Endpoint> endpoint(String text) {
        return text.equals(NONE) || text.endsWith(":0") ? Optional.empty() : Optional.of(Endpoint.parse(text));
    }

    /** Reads {@code allowed-ips}. */
    static List<IpPrefix> allowedIps(String text) {
        List<IpPrefix> prefixes = new ArrayList<>();
        if (!text.equals(NONE)) {
            for (int at = 0; at < text.length(); ) {
                int blank = text.indexOf(' ', at);
                int end = blank < 0 ? text.length() : blank;
                prefixes.add(IpPrefix.parse(text.substring(at, end)));
                at = end + 1;
            }
        }
        return prefixes;
    }

    /** Reads {@code latest-handshakes}. */
    static Optional<Instant> handshake(String text) throws ProtocolException {
        long seconds = decimal(text, Instant.MAX.getEpochSecond());
        return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    /** Reads {@code persistent-keepalive}. */
    static Duration keepalive(String text) throws ProtocolException {
        return text.equals(OFF) ? Duration.ZERO : Duration.ofSeconds(decimal(text, MAX_KEEPALIVE));
    }

    /** Reads {@code transfer}: received, a tab, sent. */
    static Transfer transfer(String text) throws ProtocolException {
        int tab = text.indexOf('\t');
        if (tab < 0) {
            throw new ProtocolException("a transfer without a tab");
        }
        return new Transfer(counter(text.substring(0, tab)), counter(text.substring(tab + 1)));
    }

    /** Reads {@code public-key}. */
    static Optional<PublicKey> publicKey(String text) throws ProtocolException {
        String key = line(text);
        try {
            return key.equals(NONE) ? Optional.empty() : Optional.of(PublicKey.parse(key));
        } catch (FormatException e) {
            throw new ProtocolException(e.getMessage());
        }
    }

    /** Reads {@code listen-port}. */
    static int listenPort(String text) throws ProtocolException {
        return (int) decimal(line(text), MAX_PORT);
    }

    /** Reads {@code fwmark}: in hex, or off. */
    static long firewallMark(String text) throws ProtocolException {
        String mark = line(text);
        if (mark.equals(OFF)) {
            return 0;
        }
        try {
            long value = mark.startsWith("0x") ? Long.parseUnsignedLong(mark, 2, mark.length(), 16) : -1;
            if (value >= 0 && value <= MAX_MARK) {
                return value;
            }
        } catch (NumberFormatException e) {
            // As below.
        }
        throw new ProtocolException("a firewall mark should be in hex, as 0x2a, or off");
    }

    /** Reads {@code wg show interfaces}: names on one line, with blanks between them. */
    static List<String> names(String text) {
        String line = text.strip();
        return line.isEmpty() ? List.of() : List.of(line.split("\\s+"));
    }

    /**
     * What was counted.
     *
     * @param rxBytes received, unsigned
     * @param txBytes sent, unsigned
     */
    record Transfer(long rxBytes, long txBytes) {}

    private static String line(String text) throws ProtocolException {
        int end = text.indexOf('\n');
        if (end < 0 || end != text.length() - 1) {
            throw new ProtocolException(
                    "one line is expected, and it has " + text.lines().count() + (end < 0 ? ", unfinished" : ""));
        }
        return text.substring(0, end);
    }

    private static long decimal(String text, long most) throws ProtocolException {
        long value = counter(text);
        if (value < 0 || value > most) {
            throw new ProtocolException("a number of 0.." + most + " is expected");
        }
        return value;
    }

    private static long counter(String text) throws ProtocolException {
        boolean isDecimal = !text.isEmpty() && text.length() <= 20;
        for (int i = 0; i < text.length(); i++) {
            isDecimal &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        try {
            if (isDecimal) {
                return Long.parseUnsignedLong(text);
            }
        } catch (NumberFormatException e) {
            // Greater than 64 bits hold.
        }
        throw new ProtocolException("a decimal number is expected");
    }
}
