package io.wgsd.relay.state;

import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import io.wgsd.relay.forward.KeptRoute;
import io.wgsd.relay.noise.Timestamp;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.session.Kept;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept, as text: a line for the relay, one for each member, in order of the keys, and one for each route.
 *
 * <pre>
 * wgsd-relay 1
 * last SECONDS.NANOS
 * member KEY SECONDS.NANOS [ENDPOINT SOCKET]
 * route KEY INDEX KEY SECONDS
 * </pre>
 */
public final class StateText {

    private static final String HEAD = "wgsd-relay 1";
    private static final int MOST_SOCKETS = 1 << 16;
    private static final int FIELDS_WITH_SOURCE = 5;
    private static final int FIELDS_WITHOUT = 3;
    private static final int ROUTE_FIELDS = 5;
    private static final long UNSIGNED_INT = 0xffff_ffffL;

    private StateText() {}

    /**
     * Writes what is kept.
     *
     * @param state what is kept
     * @return UTF-8
     */
    public static byte[] write(State state) {
        Kept kept = state.sessions();
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
        for (KeptRoute route : state.routes()) {
            text.append("route ").append(route.from()).append(' ').append(Integer.toUnsignedString(route.index()));
            text.append(' ')
                    .append(route.to())
                    .append(' ')
                    .append(route.expires())
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what was written.
     *
     * @param bytes the text
     * @return what is kept
     * @throws IOException if it is anything else; says in which line
     */
    public static State read(byte[] bytes) throws IOException {
        List<String> lines = decoded(bytes).lines().toList();
        if (lines.size() < 2 || !lines.get(0).equals(HEAD) || !lines.get(1).startsWith("last ")) {
            throw new IOException("it does not begin with \"" + HEAD + "\" and a line \"last\"");
        }
        Timestamp last = timestamp(lines.get(1).substring("last ".length()), 2);
        Map<PublicKey, Kept.KeptMember> members = new HashMap<>();
        List<KeptRoute> routes = new ArrayList<>();
        for (int i = 2; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(" ", -1);
            try {
                switch (fields[0]) {
                    case "member" -> member(fields, i + 1, members);
                    case "route" -> routes.add(route(fields, i + 1));
                    default -> throw malformed(i + 1);
                }
            } catch (FormatException e) {
                throw malformed(i + 1);
            }
        }
        return new State(new Kept(last, members), routes);
    }

    private static KeptRoute route(String[] fields, int line) throws IOException {
        if (fields.length != ROUTE_FIELDS) {
            throw malformed(line);
        }
        long index = number(fields[2], line);
        long expires = number(fields[4], line);
        if (index < 0 || index > UNSIGNED_INT || expires < 0) {
            throw malformed(line);
        }
        return new KeptRoute(PublicKey.parse(fields[1]), (int) index, PublicKey.parse(fields[3]), expires);
    }

    private static void member(String[] fields, int line, Map<PublicKey, Kept.KeptMember> members) throws IOException {
        if (fields.length != FIELDS_WITH_SOURCE && fields.length != FIELDS_WITHOUT) {
            throw malformed(line);
        }
        Source source = fields.length == FIELDS_WITH_SOURCE ? source(fields[3], fields[4], line) : null;
        PublicKey key = PublicKey.parse(fields[1]);
        if (members.put(key, new Kept.KeptMember(timestamp(fields[2], line), source)) != null) {
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
        if (nanos < 0 || nanos > UNSIGNED_INT) {
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
