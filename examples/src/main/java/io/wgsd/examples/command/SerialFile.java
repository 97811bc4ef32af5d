package io.wgsd.examples.command;

import io.wgsd.dnssd.Zone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.OptionalLong;
import org.xbill.DNS.Name;

/** Remembers a zone's serial from one run to the next. */
final class SerialFile {

    private final Path folder;
    private final Path file;

    private SerialFile(Path folder, String name) {
        this.folder = folder;
        file = folder.resolve(name);
    }

    static SerialFile in(Path folder, Name zone) {
        String name = zone.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "_");
        return new SerialFile(folder, name + "serial");
    }

    OptionalLong read() throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
        if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > Zone.MAX_SERIAL) {
            throw new IOException("state file " + file
                    + " does not hold a serial; mend it to one number, or remove it to start from the time");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    /** Replaces the file as a whole, so that a crash leaves the old serial or the new one. */
    void write(long serial) throws IOException {
        Files.createDirectories(folder);
        Path fresh = folder.resolve(file.getFileName() + ".new");
        Files.writeString(fresh, serial + "\n", StandardCharsets.US_ASCII);
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
