package io.wgsd.dnssd.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Reads master files that are as plain as those written here, in a fraction of the time: each record on a line of its
 * own, with absolute owner, TTL, class IN and type, and one blank between them.
 *
 * <p>Not thread-safe.
 */
public final class PlainZoneText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);
    private static final int TIME_LENGTH = 14;
    private static final int MOST_TIMES = 1_000;

    private final Name origin;
    private final Map<String, Instant> times = new HashMap<>();
    /** The owner of the line before, which most lines share. */
    private String ownerText = "";

    private Name owner = Name.root;
    private String signerText = "";
    private Name signer = Name.root;

    private PlainZoneText(Name origin) {
        this.origin = origin;
    }

    /**
     * Returns the records of a master file; empty where any of its lines is not so plain, or cannot be read, on which the
     * general reader has the say.
     */
    public static Optional<List<Record>> parse(Name origin, byte[] text) {
        PlainZoneText reader = new PlainZoneText(origin);
        List<Record> records = new ArrayList<>();
        for (byte each : text) {
            if (each < 0 || each == '\r') {
                return Optional.empty();
            }
        }
        String all = new String(text, StandardCharsets.US_ASCII);
        try {
            int start = 0;
            while (start < all.length()) {
                int end = all.indexOf('\n', start);
                end = end < 0 ? all.length() : end;
                if (end > start && all.charAt(start) != ';') {
                    records.add(reader.record(all.substring(start, end)));
                }
                start = end + 1;
            }
            return Optional.of(records);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private Record record(String line) throws IOException {
        // Where a quotation or a list in parentheses goes on, the next line is none of its own.
        if (line.indexOf('(') >= 0 || (line.indexOf('\\') >= 0 && line.indexOf('"') >= 0) || quotes(line) % 2 != 0) {
            throw new TextParseException("not plain");
        }
        int ttlAt = line.indexOf(' ') + 1;
        int classAt = line.indexOf(' ', ttlAt) + 1;
        int dataAt = line.indexOf(' ', classAt + 3) + 1;
        String text = line.substring(0, ttlAt - 1);
        if (!isPlainName(text) || !line.startsWith("IN ", classAt) || dataAt == 0) {
            throw new TextParseException("not plain");
        }
        if (!text.equals(ownerText)) {
            owner = Name.fromString(text);
            ownerText = text;
        }
        long ttl = number(line.substring(ttlAt, classAt - 1), 0x7fffffff);
        String type = line.substring(classAt + 3, dataAt - 1);
        String data = line.substring(dataAt);
        return type.equals("RRSIG")
                ? signature(ttl, data.split(" ", -1))
                : Record.fromString(owner, type(type), DClass.IN, ttl, data, origin);
    }

    /** Returns whether a name is absolute, and of characters that mean nothing else. */
    private static boolean isPlainName(String text) {
        return text.endsWith(".")
                && text.chars()
                        .allMatch(each -> Character.isLetterOrDigit(each) || each == '-' || each == '_' || each == '.');
    }

    private static int quotes(String line) {
        int quotes = 0;
        for (int at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) {
            quotes++;
        }
        return quotes;
    }

    private Record signature(long ttl, String[] words) throws IOException {
        if (words.length != 9 || !isPlainName(words[7])) {
            throw new TextParseException("not plain");
        }
        if (!words[7].equals(signerText)) {
            signer = Name.fromString(words[7]);
            signerText = words[7];
        }
        RRSIGRecord signature = new RRSIGRecord(
                owner,
                DClass.IN,
                ttl,
                type(words[0]),
                (int) number(words[1], 255),
                number(words[3], 0x7fffffff),
                time(words[4]),
                time(words[5]),
                (int) number(words[6], 65535),
                signer,
                Base64.getDecoder().decode(words[8]));
        if (!isCanonical(words[8]) || signature.getLabels() != number(words[2], 255)) {
            throw new TextParseException("not plain");
        }
        return signature;
    }

    /** Returns whether base64 is padded, without bits that no byte has. */
    private static boolean isCanonical(String text) {
        if (text.isEmpty() || text.length() % 4 != 0) {
            return false;
        }
        String last = text.substring(text.length() - 4);
        return Base64.getEncoder()
                .encodeToString(Base64.getDecoder().decode(last))
                .equals(last);
    }

    private static int type(String text) throws TextParseException {
        int type = Type.value(text);
        if (type < 0) {
            throw new TextParseException("no type");
        }
        return type;
    }

    private static long number(String text, long most) throws TextParseException {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            value = 10 * value + digit - '0';
            if (digit < '0' || digit > '9' || value > most) {
                throw new TextParseException("no number");
            }
        }
        if (text.isEmpty()) {
            throw new TextParseException("no number");
        }
        return value;
    }

    private Instant time(String text) throws TextParseException {
        Instant known = times.get(text);
        if (known != null) {
            return known;
        }
        if (text.length() != TIME_LENGTH || times.size() >= MOST_TIMES) {
            throw new TextParseException("no time");
        }
        Instant time = LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
        if (time.getEpochSecond() >>> 32 != 0) {
            throw new TextParseException("more than 32 bits");
        }
        times.put(text, time);
        return time;
    }
}
