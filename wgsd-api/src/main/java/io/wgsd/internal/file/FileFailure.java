package io.wgsd.internal.file;

import io.wgsd.internal.OneLine;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/** Puts into words what Java reports of files, which is often no more than a path. */
public final class FileFailure {

    private FileFailure() {}

    /**
     * Returns an error that says what could not be done, to which file, and why.
     *
     * @param doing what was to be done and to which file, as in {@code cannot read the key file /etc/x}
     * @param file that file
     * @param cause what Java reports
     * @return an error whose message is one line
     */
    public static IOException of(String doing, Path file, IOException cause) {
        return new IOException(OneLine.of(doing + ": " + reason(file, cause)), cause);
    }

    /**
     * Returns why something failed.
     *
     * @param file the file that was to be read or written
     * @param cause what Java reports
     * @return the reason in words, with another path than this one where that is what is in the way
     */
    public static String reason(Path file, IOException cause) {
        if (!(cause instanceof FileSystemException failure)) {
            return cause.getMessage() == null ? cause.toString() : lowerFirst(cause.getMessage());
        }
        Path parent = file.toAbsolutePath().getParent();
        // Some Java runtimes report it so, others as a missing file.
        if (parent != null && Files.exists(parent) && !Files.isDirectory(parent)) {
            return OneLine.of(parent.toString()) + " is not a directory";
        }
        String other = failure.getFile();
        String where = other == null || other.equals(file.toString()) ? "" : " (" + other + ")";
        return words(failure) + where;
    }

    private static String words(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is not a directory";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "something of that name is there already";
        }
        if (failure instanceof FileSystemLoopException) {
            return "its links lead in a circle";
        }
        String reason = failure.getReason();
        return reason == null ? failure.getClass().getSimpleName() : lowerFirst(reason);
    }

    private static String lowerFirst(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
