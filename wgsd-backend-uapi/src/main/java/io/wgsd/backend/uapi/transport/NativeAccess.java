package io.wgsd.backend.uapi.transport;

import io.wgsd.internal.NativeDenial;
import io.wgsd.spi.Availability;
import java.io.IOException;

/** Finds out why jnr-unixsocket, or the native code below it, cannot be used, and what to do about it. */
public final class NativeAccess {

    private static final String MODULES = "org.jnrproject.unixsocket,org.objectweb.asm";

    private NativeAccess() {}

    /** Returns whether jnr-unixsocket is on the class path, or among the modules that the runtime has resolved. */
    static boolean isJnrHere() {
        try {
            Class.forName("jnr.unixsocket.UnixSocketChannel", false, NativeAccess.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    public static Availability unavailable(Throwable failure) {
        if (failure instanceof JnrMissingException) {
            return missing(NativeAccess.class.getModule().isNamed());
        }
        if (failure instanceof IOException) {
            return Availability.unavailable(
                    "no Unix socket can be made: " + failure.getMessage(), "see the limit of open files (ulimit -n)");
        }
        Throwable cause = NativeDenial.origin(failure);
        if (NativeDenial.isDenial(cause)) {
            return Availability.unavailable(
                    "this Java runtime denies native access to JNR (JEP 472)",
                    NativeDenial.remedy(jnr.ffi.Runtime.class.getModule(), "org.jnrproject.jffi"));
        }
        return Availability.unavailable(
                "native code of JNR does not load: " + firstLine(cause.toString()),
                "see that all of its jars are there, and that java.io.tmpdir may hold programs (it is not mounted noexec)");
    }

    static Availability missing(boolean onModulePath) {
        return Availability.unavailable(
                "jnr-unixsocket is not there, which Unix sockets need on any system but Linux",
                "add the jar com.github.jnr:jnr-unixsocket with its dependencies"
                        + (onModulePath ? ", and start java with --add-modules " + MODULES : ""));
    }

    /** JNR puts whole stacks into messages. */
    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
