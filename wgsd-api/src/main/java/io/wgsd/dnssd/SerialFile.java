package io.wgsd.dnssd;

import io.wgsd.internal.file.StateFile;
import io.wgsd.internal.file.UnfitFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Keeps a zone's serial in a file, so that it does not go back when a registry is started again.
 *
 * <p>The file is replaced as a whole and reaches the disk before {@link #write} returns. It is never written or read
 * through a link. Not thread-safe.
 */
public final class SerialFile {

    private static final int MAX_SIZE = 64;

    private final StateFile file;

    private SerialFile(StateFile file) {
        this.file = file;
    }

    /**
     * Names the file of a zone, which need not exist yet.
     *
     * @param folder the folder, which is made when the file is written
     * @param zone the zone, after which the file is named, as in {@code example.com.serial}
     * @return the file
     */
    public static SerialFile in(Path folder, DnsSdNames zone) {
        String name = zone.origin().toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "_");
        return new SerialFile(new StateFile(folder.resolve(name + "serial"), MAX_SIZE));
    }

    /**
     * Reads the serial. A file without one, which a loss of power may leave, or that another user may have changed is
     * renamed: the time is a good serial too.
     *
     * @param notices gets a line where that was done
     * @return the serial; empty where there is none
     * @throws IOException if the file cannot be read; in one line
     */
    public OptionalLong read(Consumer<String> notices) throws IOException {
        String complaint;
        try {
            Optional<byte[]> content = file.read();
            if (content.isEmpty()) {
                return OptionalLong.empty();
            }
            String text = new String(content.get(), StandardCharsets.US_ASCII).strip();
            if (text.matches("[0-9]{1,10}") && Long.parseLong(text) <= Zone.MAX_SERIAL) {
                return OptionalLong.of(Long.parseLong(text));
            }
            complaint = "state file " + file + " does not hold a serial";
        } catch (UnfitFileException e) {
            complaint = String.valueOf(e.getMessage());
        }
        notices.accept(complaint + "; it is now " + file.setAside() + ", and the serial begins with the time");
        return OptionalLong.empty();
    }

    /**
     * Replaces the file as a whole, so that a crash leaves the old serial or the new one.
     *
     * @param serial 0 to {@link Zone#MAX_SERIAL}
     * @throws IOException if it cannot be written; in one line, and the old serial is there still
     */
    public void write(long serial) throws IOException {
        file.write((serial + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
