package io.wgsd.backend.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for the {@code wg} program where systems have it. */
final class WgFinder {

    /** Where package managers put it; a service's PATH often has not all of these. */
    private static final List<String> USUAL = List.of(
            "/usr/bin",
            "/usr/local/bin",
            "/opt/homebrew/bin",
            "/usr/sbin",
            "/usr/local/sbin",
            "/usr/pkg/bin",
            "/run/current-system/sw/bin",
            "C:\\Program Files\\WireGuard");

    private WgFinder() {}

    /** Returns the first program of that name in the absolute folders of a search path, then in the usual ones. */
    static Optional<Path> find(String searchPath) {
        String name = File.separatorChar == '/' ? "wg" : "wg.exe";
        List<String> folders = new ArrayList<>(List.of(searchPath.split(File.pathSeparator)));
        folders.addAll(USUAL);
        return folders.stream()
                .flatMap(folder -> absolute(folder).stream())
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** What is relative depends on where the process was started, and may be anyone's. */
    private static Optional<Path> absolute(String folder) {
        try {
            return Optional.of(Path.of(folder)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
