package io.wgsd.command.join;

import io.wgsd.model.FormatException;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of which a configuration for wg-quick knows, as wg-quick(8) describes it: its own, and the peers.
 *
 * @param hosts the hosts in the file's order
 * @param ranges the networks of the device's addresses
 * @param hasPresharedKeys whether it has keys that only two hosts share
 */
public record QuickFile(List<Host> hosts, List<IpPrefix> ranges, boolean hasPresharedKeys) {

    private static final int MAX_LINE = 64 * 1024;
    /** What a comment says that is no name: a setting that does not count at present, or a key, which may be secret. */
    private static final Pattern NO_NAME = Pattern.compile(
            "(?i)(PrivateKey|PresharedKey|PublicKey|AllowedIPs|Endpoint|PersistentKeepalive|Address|ListenPort|FwMark"
                    + "|DNS|MTU|Table|SaveConfig|(Pre|Post)(Up|Down))\\s*=.*|.*[A-Za-z0-9+/]{43}=.*");

    /**
     * One host.
     *
     * @param key its public key
     * @param comment what the comment at its section says; empty where there is none
     * @param prefixes its addresses, and networks behind it
     * @param endpoint where it is reached, as it is written
     */
    public record Host(PublicKey key, String comment, List<IpPrefix> prefixes, Optional<String> endpoint) {}

    /**
     * Reads a file.
     *
     * @param text its content
     * @return what it says
     * @throws FormatException if it is no such file; no secret is in the message
     */
    public static QuickFile parse(String text) {
        Reading reading = new Reading();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            try {
                if (line.length() > MAX_LINE) {
                    throw FormatException.withoutText("line", "is longer than " + MAX_LINE + " characters");
                }
                reading.line(line.strip());
            } catch (FormatException e) {
                throw FormatException.withoutText("line " + number, String.valueOf(e.getMessage()));
            }
        }
        reading.endSection();
        return new QuickFile(reading.hosts, reading.ranges, reading.hasPresharedKeys);
    }

    /** What was read so far. */
    private static final class Reading {

        private final List<Host> hosts = new ArrayList<>();
        private final List<IpPrefix> ranges = new ArrayList<>();
        private boolean hasPresharedKeys;
        private String section = "";
        /** What is said directly above the section, or at its beginning. */
        private String comment = "";
        /** What is said since the last setting, which belongs to the section that follows. */
        private String above = "";

        private boolean begun;
        private @Nullable PublicKey key;
        private List<IpPrefix> prefixes = new ArrayList<>();
        private @Nullable String endpoint;

        void line(String line) {
            int hash = line.indexOf('#');
            String behind = hash < 0 ? "" : line.substring(hash).replaceFirst("^[#\\s]+", "");
            String said = NO_NAME.matcher(behind).matches() ? "" : behind;
            String rest = (hash < 0 ? line : line.substring(0, hash)).strip();
            if (rest.startsWith("[")) {
                endSection();
                section = rest.toLowerCase(Locale.ROOT);
                comment = said.isEmpty() ? above : said;
                above = "";
            } else if (!rest.isEmpty()) {
                int equals = rest.indexOf('=');
                setting(
                        rest.substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT),
                        rest.substring(equals + 1).strip());
                begun = true;
                above = "";
            } else if (!begun && comment.isEmpty() && !section.isEmpty()) {
                comment = said;
            } else {
                above = said;
            }
        }

        private void setting(String name, String value) {
            switch (section + name) {
                case "[interface]privatekey" -> {
                    try (SecretKey secret = SecretKey.parseBase64(value.toCharArray())) {
                        key = secret.publicKey();
                    }
                }
                case "[interface]address" -> each(value).forEach(this::address);
                case "[peer]publickey" -> key = PublicKey.parse(value);
                case "[peer]allowedips" -> each(value).map(IpPrefix::parse).forEach(prefixes::add);
                case "[peer]endpoint" -> endpoint = value;
                case "[peer]presharedkey" -> hasPresharedKeys = true;
                default -> {
                    if (section.isEmpty()) {
                        throw new FormatException("setting", name, "must be below [Interface] or [Peer]");
                    }
                }
            }
        }

        private void address(String text) {
            IpPrefix range = IpPrefix.parse(text);
            prefixes.add(IpPrefix.of(IpAddress.parse(text.replaceFirst("/.*", ""))));
            if (range.length() < range.network().bitLength()) {
                ranges.add(range);
            }
        }

        void endSection() {
            if (key != null) {
                hosts.add(new Host(key, comment, List.copyOf(prefixes), Optional.ofNullable(endpoint)));
            }
            key = null;
            prefixes = new ArrayList<>();
            endpoint = null;
            begun = false;
        }

        private static Stream<String> each(String value) {
            return Stream.of(value.split(",", -1)).map(String::strip).filter(part -> !part.isEmpty());
        }
    }
}
