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
    private static final List<String> STATE =
            List.of(".agent", ".members", ".members.zone", ".members.zone.changes", ".members.lock");

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
        if (made.enabled(Joining.REGISTRY) && hasOtherRegistries()) {
            follow(Joining.REGISTRY);
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
            case UNIT -> {
                // The settings that are taken out later are followed then.
                if (!step.what().equals(Joining.REGISTRY) || !hasOtherRegistries()) {
                    disable(step.what());
                }
            }
            case DEVICE -> {
                if (host.hasInterface(files.device())) {
                    host.run("wg-quick", "down", step.what());
                }
            }
            case RELOAD -> follow(step.what());
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

    /** Disables a service; one that is not installed is none. */
    private void disable(String unit) throws IOException, InterruptedException {
        if (host.succeeds("systemctl", "cat", unit)) {
            host.run("systemctl", "disable", "--now", unit);
        }
    }

    /** Lets the registries' service follow its settings, or ends it where it has none any more. */
    private void follow(String unit) throws IOException, InterruptedException {
        if (hasOtherRegistries()) {
            host.run("systemctl", "reload-or-restart", unit);
        } else {
            disable(unit);
        }
    }

    private boolean hasOtherRegistries() throws IOException {
        Path file = files.registries();
        try {
            return HostFiles.withoutRegistry(Files.readString(file), files).contains("[[registry]]");
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw FileFailure.of("cannot read " + file, file, e);
        }
    }

    /** Takes what was added out of a file in which others may have something too. */
    private void takeSettingsFrom(Path file) throws IOException {
        try {
            String text = Files.readString(file);
            String without = HostFiles.withoutRegistry(text, files);
            if (without.isBlank()) {
                Files.delete(file);
            } else if (!without.equals(text)) {
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
