package io.wgsd.portmap.state;

import io.wgsd.model.IpAddress;
import io.wgsd.portmap.Gateway;
import io.wgsd.portmap.MappingProtocol;
import io.wgsd.portmap.protocol.Held;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The state as text: a line that says what it is, then a line for each mapping that a router may hold. Pure.
 *
 * <pre>
 * wgsd-portmap 1
 * pcp 192.168.1.1 192.168.1.20 51820 51820 000102030405060708090a0b 1793534400
 * </pre>
 */
public final class StateText {

    /** How many mappings are kept at most. */
    public static final int MOST = 32;

    private static final String TITLE = "wgsd-portmap 1";
    private static final int LONGEST_KEY = 1024;
    private static final int MOST_PORT = 65535;
    private static final Map<String, MappingProtocol> WORDS = Map.of(
            "pcp", MappingProtocol.PCP,
            "nat-pmp", MappingProtocol.NAT_PMP,
            "upnp", MappingProtocol.UPNP);

    private StateText() {}

    public static byte[] write(List<Held> held) {
        StringBuilder text = new StringBuilder(TITLE).append('\n');
        for (Held each : held) {
            text.append(word(each.protocol()))
                    .append(' ')
                    .append(each.gateway().address())
                    .append(' ')
                    .append(each.gateway().local())
                    .append(' ')
                    .append(each.internalPort())
                    .append(' ')
                    .append(each.externalPort())
                    .append(' ')
                    .append(each.key())
                    .append(' ')
                    .append(each.until().getEpochSecond())
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads it.
     *
     * @throws IOException if it is nothing that {@link #write} makes
     */
    public static List<Held> read(byte[] bytes) throws IOException {
        String[] lines = decoded(bytes).split("\n", -1);
        if (!lines[0].equals(TITLE)) {
            throw new IOException("it does not begin with \"" + TITLE + "\"");
        }
        if (lines.length > MOST + 2 || !lines[lines.length - 1].isEmpty()) {
            throw malformed(lines.length);
        }
        List<Held> held = new ArrayList<>();
        for (int i = 1; i < lines.length - 1; i++) {
            held.add(held(lines[i].split(" ", -1), i + 1));
        }
        return List.copyOf(held);
    }

    private static Held held(String[] words, int line) throws IOException {
        if (words.length != 7
                || !WORDS.containsKey(words[0])
                || words[5].length() > LONGEST_KEY
                || !words[5].matches("[!-~]+")) {
            throw malformed(line);
        }
        MappingProtocol protocol = WORDS.get(words[0]);
        // Its key goes into a message as it is.
        if (protocol == MappingProtocol.PCP && !words[5].matches("[0-9a-f]{24}")) {
            throw malformed(line);
        }
        int internalPort = port(words[3], line);
        if (internalPort == 0) {
            throw malformed(line);
        }
        try {
            return new Held(
                    protocol,
                    Gateway.of(IpAddress.parse(words[1]), IpAddress.parse(words[2])),
                    internalPort,
                    port(words[4], line),
                    words[5],
                    Instant.ofEpochSecond(number(words[6], line)));
        } catch (IllegalArgumentException e) {
            throw malformed(line);
        }
    }

    private static String word(MappingProtocol protocol) {
        return WORDS.entrySet().stream()
                .filter(entry -> entry.getValue() == protocol)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static int port(String text, int line) throws IOException {
        long number = number(text, line);
        if (number > MOST_PORT) {
            throw malformed(line);
        }
        return (int) number;
    }

    private static long number(String text, int line) throws IOException {
        if (!text.matches("0|[1-9][0-9]{0,11}")) {
            throw malformed(line);
        }
        return Long.parseLong(text);
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
