package io.wgsd.command.join;

import io.wgsd.internal.file.FileFailure;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Takes back what {@link Joining} has made, and nothing else. */
final class Leaving {

    /** What an agent keeps for a device, by the ends of its files' names. */
    private static final List<String> STATE = List.of(".agent", ".members", ".members.zone", ".members.lock");

    private final Host host;
    private final Places.Files files;

    Leaving(Host host, Places.Files files) {
        this.host = host;
        this.files = files;
    }

    /** Takes back what was noted, the last step first. */
    void undo(Made made) throws IOException, InterruptedException {
        for (Made.Step step : made.backwards()) {
            if (step.kind() != Made.Kind.FOLDER) {
                undo(step);
            }
        }
        made.forget();
        for (Made.Step step : made.backwards()) {
            if (step.kind() == Made.Kind.FOLDER) {
                removeIfEmpty(Path.of(step.what()));
            }
        }
    }

    private void undo(Made.Step step) throws IOException, InterruptedException {
        switch (step.kind()) {
            case UNIT -> host.run("systemctl", "disable", "--now", step.what());
            case DEVICE -> {
                if (host.hasInterface(files.device())) {
                    host.run("wg-quick", "down", step.what());
                }
            }
            case RELOAD -> host.run("systemctl", "reload-or-restart", step.what());
            case SETTINGS -> takeSettingsFrom(Path.of(step.what()));
            case FILE -> Made.delete(Path.of(step.what()));
            case STATE -> {
                for (String end : STATE) {
                    Made.delete(Path.of(step.what(), files.device() + end));
                }
            }
            case FOLDER -> throw new IllegalArgumentException(step.what());
        }
    }

    /** Takes what was added out of a file that somebody else has begun. */
    private void takeSettingsFrom(Path file) throws IOException {
        try {
            String text = Files.readString(file);
            String without = HostFiles.withoutRegistry(text, files);
            if (!without.equals(text)) {
                Files.writeString(file, without);
            }
        } catch (NoSuchFileException e) {
            // It is gone as a whole.
        } catch (IOException e) {
            throw FileFailure.of("cannot change " + file, file, e);
        }
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // It is somebody else's by now.
        } catch (IOException e) {
            throw FileFailure.of("cannot delete " + folder, folder, e);
        }
    }
}
