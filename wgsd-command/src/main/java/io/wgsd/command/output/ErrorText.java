package io.wgsd.command.output;

import io.wgsd.internal.file.FileFailure;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Says an exception in one line, as the operator reads it. */
public final class ErrorText {

    private ErrorText() {}

    /** Returns the message of an exception; of a file system's exception also which file it is and why. */
    public static String of(Exception e) {
        String text = e.getMessage() == null ? e.toString() : e.getMessage();
        if (e instanceof FileSystemException file && file.getFile() != null) {
            text = file.getFile() + ": " + FileFailure.reason(Path.of(file.getFile()), file);
        }
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
