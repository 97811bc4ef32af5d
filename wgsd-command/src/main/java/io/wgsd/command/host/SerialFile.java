package io.wgsd.command.host;

import io.wgsd.dnssd.Zone;
import io.wgsd.internal.file.StateFile;
import io.wgsd.internal.file.UnfitFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.xbill.DNS.Name;

/** Remembers a zone's serial from one run to the next. */
public final class SerialFile {

    private static final int MAX_SIZE = 64;

    private final StateFile file;

    private SerialFile(StateFile file) {
        this.file = file;
    }

    public static SerialFile in(Path folder, Name zone) {
        String name = zone.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "_");
        return new SerialFile(new StateFile(folder.resolve(name + "serial"), MAX_SIZE));
    }

    /**
     * Reads the serial. A file without one, which a loss of power may leave, is set aside: the time is a good serial too.
     *
     * @param notices gets a line where that was done
     * @return the serial; empty where there is none
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

    /** Replaces the file as a whole, so that a crash leaves the old serial or the new one. */
    public void write(long serial) throws IOException {
        file.write((serial + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
