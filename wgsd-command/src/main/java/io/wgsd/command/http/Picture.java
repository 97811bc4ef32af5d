package io.wgsd.command.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The files of the page that browsers show, from this program's jar. */
final class Picture {

    private static final Map<String, String> TYPES = Map.of(
            "picture.css", "text/css; charset=utf-8",
            "picture.js", "text/javascript; charset=utf-8",
            "model.js", "text/javascript; charset=utf-8",
            "drawing.js", "text/javascript; charset=utf-8",
            "detail.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    /** Where the page has the status for browsers without scripts. */
    private static final String TEXT = "<!-- status -->";

    private Picture() {}

    /** A file as it is sent. */
    record Content(String type, String body) {}

    /** Returns the page itself. */
    static Content page(LiveStatus status) {
        return new Content("text/html; charset=utf-8", read("index.html").replace(TEXT, escaped(status.text())));
    }

    /** Returns a file of the page; empty if it has none at this path. */
    static Optional<Content> file(String path) {
        String name = path.isEmpty() ? path : path.substring(1);
        return Optional.ofNullable(TYPES.get(name)).map(type -> new Content(type, read(name)));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String read(String name) {
        try (InputStream file = Picture.class.getResourceAsStream("picture/" + name)) {
            if (file == null) {
                throw new IOException("the program's jar has no " + name);
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
