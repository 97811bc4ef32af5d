package io.wgsd.portmap.upnp;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A response of a small HTTP/1 server (RFC 9112).
 *
 * @param status the status code
 * @param body the content, which is taken for UTF-8
 */
record HttpResponse(int status, String body) {

    /** More than any description that was seen. */
    static final int LONGEST = 128 << 10;

    private static final int LONGEST_HEADER = 8 << 10;
    private static final String END_OF_HEADER = "\r\n\r\n";

    /**
     * Reads what has come so far.
     *
     * @param ended whether nothing more comes
     * @return the response; empty if it is not complete yet
     * @throws ProtocolException if it is none, or too long
     */
    static Optional<HttpResponse> read(byte[] bytes, boolean ended) throws ProtocolException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEADER);
        if (end > LONGEST_HEADER || (end < 0 && text.length() > LONGEST_HEADER) || text.length() > LONGEST) {
            throw new ProtocolException("an HTTP response that is too long");
        }
        if (end < 0) {
            if (ended) {
                throw new ProtocolException("an HTTP response that is cut");
            }
            return Optional.empty();
        }
        String[] lines = text.substring(0, end).split("\r\n", -1);
        int status = status(lines[0]);
        String body = text.substring(end + END_OF_HEADER.length());
        Optional<String> whole = header(lines, "transfer-encoding")
                        .filter(coding -> coding.equalsIgnoreCase("chunked"))
                        .isPresent()
                ? chunked(body)
                : plain(body, header(lines, "content-length"), ended);
        if (whole.isEmpty() && ended) {
            throw new ProtocolException("an HTTP response that is cut");
        }
        return whole.map(content -> new HttpResponse(status, utf8(content)));
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static int status(String line) throws ProtocolException {
        if (!line.matches("HTTP/1\\.[01] [1-9][0-9]{2}( .*)?")) {
            throw new ProtocolException("what is no HTTP response");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static Optional<String> header(String[] lines, String name) {
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0
                    && lines[i].substring(0, colon)
                            .trim()
                            .toLowerCase(Locale.ROOT)
                            .equals(name)) {
                return Optional.of(lines[i].substring(colon + 1).trim());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> plain(String body, Optional<String> length, boolean ended)
            throws ProtocolException {
        if (length.isEmpty()) {
            return ended ? Optional.of(body) : Optional.empty();
        }
        if (!length.get().matches("[0-9]{1,6}")) {
            throw new ProtocolException("an HTTP response with a length that makes no sense");
        }
        int count = Integer.parseInt(length.get());
        return body.length() < count ? Optional.empty() : Optional.of(body.substring(0, count));
    }

    private static Optional<String> chunked(String body) throws ProtocolException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int end = body.indexOf("\r\n", at);
            if (end < 0) {
                return Optional.empty();
            }
            String size = body.substring(at, end).replaceFirst("[ \t]*;.*", "");
            if (!size.matches("[0-9a-fA-F]{1,5}")) {
                throw new ProtocolException("an HTTP response with a chunk that makes no sense");
            }
            int count = Integer.parseInt(size, 16);
            int next = end + 2 + count;
            if (count == 0) {
                return Optional.of(whole.toString(StandardCharsets.ISO_8859_1));
            }
            if (body.length() < next + 2) {
                return Optional.empty();
            }
            whole.writeBytes(body.substring(end + 2, next).getBytes(StandardCharsets.ISO_8859_1));
            if (!body.startsWith("\r\n", next)) {
                throw new ProtocolException("an HTTP response with a chunk that makes no sense");
            }
            at = next + 2;
        }
    }
}
