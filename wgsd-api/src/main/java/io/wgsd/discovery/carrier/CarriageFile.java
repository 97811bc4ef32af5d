package io.wgsd.discovery.carrier;

import io.wgsd.internal.file.StateFile;
import io.wgsd.internal.file.UnfitFileException;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which peer has which endpoint in place of its own, so that a crash loses none: {@code registry KEY OWN
 * INSTEAD}. It holds no secret. Not thread-safe.
 */
final class CarriageFile {

    private static final int LIMIT = 4096;

    private final @Nullable StateFile file;

    /**
     * A peer whose endpoint was replaced.
     *
     * @param peer its key
     * @param own the endpoint that it is to get back
     * @param instead the one that it got
     */
    record Replaced(PublicKey peer, Endpoint own, Endpoint instead) {}

    /** Names the file, which need not exist; null where nothing is kept. */
    CarriageFile(@Nullable Path path) {
        file = path == null ? null : new StateFile(path, LIMIT);
    }

    /**
     * Reads it. A file that makes no sense is renamed.
     *
     * @throws IOException if it cannot be read, or makes no sense; in one line
     */
    Optional<Replaced> load() throws IOException {
        if (file == null) {
            return Optional.empty();
        }
        try {
            Optional<byte[]> content = file.read();
            if (content.isEmpty() || content.get().length == 0) {
                return Optional.empty();
            }
            return Optional.of(parse(new String(content.get(), StandardCharsets.US_ASCII)));
        } catch (UnfitFileException | FormatException e) {
            throw new IOException(e.getMessage() + "; the file is now " + file.setAside(), e);
        }
    }

    private static Replaced parse(String text) {
        String[] words = text.strip().split(" ", -1);
        if (words.length != 4 || !words[0].equals("registry")) {
            throw new FormatException("state", text.strip(), "it is no line that an agent writes");
        }
        return new Replaced(PublicKey.parse(words[1]), Endpoint.parse(words[2]), Endpoint.parse(words[3]));
    }

    /**
     * Replaces the file; it has reached the disk when this returns.
     *
     * @throws IOException if it cannot be written; in one line
     */
    void save(Optional<Replaced> replaced) throws IOException {
        if (file != null) {
            String text = replaced.map(
                            each -> "registry " + each.peer() + " " + each.own() + " " + each.instead() + "\n")
                    .orElse("");
            file.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
