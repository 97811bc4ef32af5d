package io.wgsd.dnssd.records;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.internal.Base32Keys;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The key/value pairs of a peer's TXT record (RFC 6763, section 6): {@code txtvers=1}, {@code pub=}, {@code allowed=}
 * and its continuations {@code allowed1=}, {@code allowed2=} …, {@code since=}, {@code nat=} and {@code relay=}
 * where they are known, and {@code more=1} where a list was cut.
 */
public final class TxtCodec {

    private static final int MAX_STRING = 255;
    private static final int MAX_RDATA = 16 * 1024;
    /** The same at the name without padding, whose readers have small buffers: 2 KiB with what a publisher adds. */
    public static final int MAX_UNPADDED = 2 * 1024 - 64;

    /** What {@code since=} and {@code more=1} may take, with their length bytes. */
    private static final int TAIL = 32;

    private TxtCodec() {}

    public static List<String> encode(Advertisement advertisement) {
        return encode(advertisement, MAX_RDATA);
    }

    /** Returns the strings of a record whose data have at most so many bytes. */
    public static List<String> encode(Advertisement advertisement, int most) {
        List<String> strings = new ArrayList<>();
        strings.add("txtvers=1");
        strings.add("pub=" + advertisement.publicKey().toBase64());
        List<String> paths = paths(advertisement);
        int room = most - TAIL - length(strings) - length(paths);
        boolean complete = encodeAllowedIps(advertisement.allowedIps(), room, strings);
        advertisement.since().ifPresent(since -> strings.add("since=" + since.getEpochSecond()));
        strings.addAll(paths);
        if (!complete || !advertisement.allowedIpsComplete()) {
            strings.add("more=1");
        }
        return strings;
    }

    /** Returns what is said of the ways to a peer besides its endpoint. */
    private static List<String> paths(Advertisement advertisement) {
        List<String> strings = new ArrayList<>(2);
        advertisement.natMapping().ifPresent(mapping -> strings.add("nat=" + mapping.text()));
        if (!advertisement.relays().isEmpty()) {
            strings.add("relay="
                    + advertisement.relays().stream().map(PublicKey::toBase32).collect(Collectors.joining(",")));
        }
        return strings;
    }

    private static int length(List<String> strings) {
        return strings.stream().mapToInt(text -> text.length() + 1).sum();
    }

    /** Adds whole prefixes while there is room, and returns whether all of them were added. */
    private static boolean encodeAllowedIps(List<IpPrefix> prefixes, int room, List<String> strings) {
        StringBuilder text = new StringBuilder("allowed=");
        int empty = text.length();
        int continuation = 0;
        int left = room;
        for (IpPrefix prefix : prefixes) {
            String next = prefix.toString();
            if (text.length() > empty && text.length() + 1 + next.length() > MAX_STRING) {
                left -= text.length() + 1;
                strings.add(text.toString());
                text.setLength(0);
                text.append("allowed").append(++continuation).append('=');
                empty = text.length();
            }
            if (text.length() + next.length() + 2 > left) {
                if (text.length() > empty || continuation == 0) {
                    strings.add(text.toString());
                }
                return false;
            }
            text.append(text.length() > empty ? "," : "").append(next);
        }
        strings.add(text.toString());
        return true;
    }

    /**
     * Adds to an advertisement what a TXT record says.
     *
     * <p>A record of another version is passed over. A prefix that cannot be read is left out, and the list then is not
     * complete. A relay or a mapping that cannot be read is left out too.
     *
     * @throws FormatException if the record is another key's
     */
    public static void decode(List<byte[]> strings, PublicKey key, Advertisement.Builder advertisement) {
        Map<String, String> pairs = pairs(strings);
        if (!pairs.getOrDefault("txtvers", "1").equals("1")) {
            advertisement.allowedIpsComplete(false);
            return;
        }
        String pub = pairs.get("pub");
        if (pub != null && !pub.equals(key.toBase64())) {
            throw new FormatException("TXT record", "pub=" + pub, "is another key's than its name, which means " + key);
        }
        boolean complete = !pairs.containsKey("more");
        int continuations = 0;
        for (String name : pairs.keySet()) {
            if (name.startsWith("allowed") && !name.equals("allowed")) {
                continuations++;
            }
        }
        for (int i = 0; i <= continuations; i++) {
            String list = pairs.get(i == 0 ? "allowed" : "allowed" + i);
            complete &= list != null && decodePrefixes(list, advertisement);
        }
        advertisement.allowedIpsComplete(complete);
        seconds(pairs.get("since")).ifPresent(advertisement::since);
        Optional.ofNullable(pairs.get("nat")).flatMap(NatMapping::of).ifPresent(advertisement::natMapping);
        advertisement.relays(decodeRelays(pairs.getOrDefault("relay", "")));
    }

    private static List<PublicKey> decodeRelays(String list) {
        List<PublicKey> relays = new ArrayList<>();
        for (String text : list.split(",", -1)) {
            if (text.length() == Base32Keys.UNPADDED_LENGTH) {
                try {
                    relays.add(PublicKey.parseBase32(text));
                } catch (FormatException e) {
                    // Others of the list may be of use.
                }
            }
        }
        return relays;
    }

    private static boolean decodePrefixes(String list, Advertisement.Builder advertisement) {
        boolean complete = true;
        for (String text : list.split(",", -1)) {
            if (!text.isEmpty()) {
                try {
                    advertisement.allowedIps(List.of(IpPrefix.parse(text)));
                } catch (FormatException e) {
                    complete = false;
                }
            }
        }
        return complete;
    }

    /** Reads pairs as RFC 6763, section 6.4, has them: keys in any letter case, the first of several counts. */
    private static Map<String, String> pairs(List<byte[]> strings) {
        Map<String, String> pairs = new HashMap<>();
        for (byte[] bytes : strings) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            if (!name.isEmpty()) {
                pairs.putIfAbsent(name.toLowerCase(Locale.ROOT), equals < 0 ? "" : text.substring(equals + 1));
            }
        }
        return pairs;
    }

    private static Optional<Instant> seconds(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 11) {
            return Optional.empty();
        }
        long seconds = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Optional.empty();
            }
            seconds = 10 * seconds + digit;
        }
        return Optional.of(Instant.ofEpochSecond(seconds));
    }
}
