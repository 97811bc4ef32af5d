package io.wgsd.relay.session;

import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import io.wgsd.relay.noise.Timestamp;
import io.wgsd.relay.roster.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept, as text: a line for the relay and one for each member, in order of the keys.
 *
 * <pre>
 * wgsd-relay 1
 * last SECONDS.NANOS
 * member KEY SECONDS.NANOS [ENDPOINT SOCKET]
 * </pre>
 */
public final class KeptText {

    private static final String HEAD = "wgsd-relay 1";
    private static final int MOST_SOCKETS = 1 << 16;
    private static final int FIELDS_WITH_SOURCE = 5;
    private static final int FIELDS_WITHOUT = 3;

    private KeptText() {}

    /**
     * Writes what is kept.
     *
     * @param kept what is kept
     * @return UTF-8
     */
    public static byte[] write(Kept kept) {
        StringBuilder text = new StringBuilder(HEAD).append("\nlast ");
        append(text, kept.last()).append('\n');
        new TreeMap<>(kept.members()).forEach((key, member) -> {
            text.append("member ").append(key.toBase64()).append(' ');
            append(text, member.greatest());
            Source source = member.source();
            if (source != null) {
                text.append(' ')
                        .append(Endpoint.of(source.address()))
                        .append(' ')
                        .append(source.socket());
            }
            text.append('\n');
        });
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what was written.
     *
     * @param bytes the text
     * @return what is kept
     * @throws IOException if it is anything else; says in which line
     */
    public static Kept read(byte[] bytes) throws IOException {
        List<String> lines = decoded(bytes).lines().toList();
        if (lines.size() < 2 || !lines.get(0).equals(HEAD) || !lines.get(1).startsWith("last ")) {
            throw new IOException("it does not begin with \"" + HEAD + "\" and a line \"last\"");
        }
        Timestamp last = timestamp(lines.get(1).substring("last ".length()), 2);
        Map<PublicKey, Kept.KeptMember> members = new HashMap<>();
        for (int i = 2; i < lines.size(); i++) {
            member(lines.get(i).split(" ", -1), i + 1, members);
        }
        return new Kept(last, members);
    }

    private static void member(String[] fields, int line, Map<PublicKey, Kept.KeptMember> members) throws IOException {
        boolean known =
                (fields.length == FIELDS_WITH_SOURCE || fields.length == FIELDS_WITHOUT) && fields[0].equals("member");
        if (!known) {
            throw malformed(line);
        }
        try {
            Source source = fields.length == FIELDS_WITH_SOURCE ? source(fields[3], fields[4], line) : null;
            PublicKey key = PublicKey.parse(fields[1]);
            if (members.put(key, new Kept.KeptMember(timestamp(fields[2], line), source)) != null) {
                throw malformed(line);
            }
        } catch (FormatException e) {
            throw malformed(line);
        }
    }

    private static @Nullable Source source(String endpoint, String socket, int line) throws IOException {
        long number = number(socket, line);
        if (number < 0 || number >= MOST_SOCKETS) {
            throw malformed(line);
        }
        Endpoint parsed = Endpoint.parse(endpoint);
        // An interface's name may mean nothing by now; what was written has numbers.
        return parsed.scope().isPresent() && parsed.scopeIndex().isEmpty()
                ? null
                : Source.of(parsed.toSocketAddress(), (int) number);
    }

    private static Timestamp timestamp(String text, int line) throws IOException {
        int point = text.indexOf('.');
        if (point < 0) {
            throw malformed(line);
        }
        long nanos = number(text.substring(point + 1), line);
        if (nanos > 0xffff_ffffL) {
            throw malformed(line);
        }
        return new Timestamp(number(text.substring(0, point), line), (int) nanos);
    }

    private static StringBuilder append(StringBuilder text, Timestamp timestamp) {
        return text.append(Long.toUnsignedString(timestamp.seconds()))
                .append('.')
                .append(Integer.toUnsignedString(timestamp.nanos()));
    }

    private static long number(String text, int line) throws IOException {
        try {
            if (!text.isEmpty() && text.charAt(0) == '+') {
                throw malformed(line);
            }
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw malformed(line);
        }
    }

    private static String decoded(byte[] bytes) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not text in UTF-8", e);
        }
    }

    private static IOException malformed(int line) {
        return new IOException("line " + line + " makes no sense");
    }
}
