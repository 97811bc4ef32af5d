package io.wgsd.command.options;

import io.wgsd.internal.file.InputFile;
import io.wgsd.members.PeerNames;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A file of names of peers, with a name and a key on each line. */
public final class NamesFile {

    private NamesFile() {}

    /**
     * Reads a file.
     *
     * @throws UsageException if a line is wrong; with its number
     * @throws IOException if it cannot be read, or others may change it
     */
    public static PeerNames read(Path file) throws IOException {
        String text = new String(InputFile.readTrusted(file, "file of names"), StandardCharsets.UTF_8);
        return parse(file.toString(), text.lines().toList());
    }

    static PeerNames parse(String file, List<String> lines) {
        try {
            return PeerNames.parse(lines);
        } catch (FormatException e) {
            throw new UsageException(file + ":" + e.subject().replace("line ", "") + ": " + e.reason());
        }
    }
}
