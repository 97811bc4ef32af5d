package io.wgsd.backend.uapi.transport;

import io.wgsd.spi.Availability;
import java.io.IOException;

/** Says why native code cannot be used, and what would allow it. */
public final class NativeAccess {

    private NativeAccess() {}

    public static Availability unavailable(Throwable failure) {
        if (failure instanceof IOException) {
            return Availability.unavailable(
                    "no Unix socket can be made: " + failure.getMessage(), "see the limit of open files (ulimit -n)");
        }
        Throwable cause = failure;
        while (cause.getCause() != null && !isDenial(cause)) {
            cause = cause.getCause();
        }
        if (isDenial(cause)) {
            return Availability.unavailable(
                    "this Java runtime denies native access to JNR (JEP 472)",
                    "start java with --enable-native-access=" + module());
        }
        return Availability.unavailable(
                "native code of JNR does not load: " + firstLine(cause.toString()),
                "see that all of its jars are there, and that java.io.tmpdir may hold programs (it is not mounted noexec)");
    }

    /** Recognizes it also by its text: of what failed when its library was loaded, jffi hands on nothing else. */
    private static boolean isDenial(Throwable failure) {
        return failure instanceof IllegalCallerException
                || String.valueOf(failure.getMessage()).contains(IllegalCallerException.class.getName());
    }

    /** JNR puts whole stacks into messages. */
    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** Returns the name of the module that loads native code, as the flag wants it. */
    private static String module() {
        Module jnr = jnr.ffi.Runtime.class.getModule();
        return jnr.isNamed() ? "org.jnrproject.jffi" : "ALL-UNNAMED";
    }
}
