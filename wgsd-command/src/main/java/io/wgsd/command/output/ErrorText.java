package io.wgsd.command.output;

import io.wgsd.internal.file.FileFailure;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Formats an exception as one line for the operator. */
public final class ErrorText {

    private ErrorText() {}

    /** Returns the message of an exception; for an exception of the file system, which file it is about and why. */
    public static String of(Exception e) {
        String text = e.getMessage() == null ? e.toString() : e.getMessage();
        if (e instanceof FileSystemException file && file.getFile() != null) {
            text = file.getFile() + ": " + FileFailure.reason(Path.of(file.getFile()), file);
        }
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
