package io.wgsd.internal;

/** Recognizes that the Java runtime denied native access to a library (JEP 472), and says what enables it. */
public final class NativeDenial {

    private NativeDenial() {}

    /** Returns the denial among the causes of a failure, or else the first cause. */
    public static Throwable origin(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !isDenial(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Recognizes it also by its text: of what failed while it loaded, jffi passes on nothing else. */
    public static boolean isDenial(Throwable failure) {
        return failure instanceof IllegalCallerException
                || String.valueOf(failure.getMessage()).contains(IllegalCallerException.class.getName());
    }

    /**
     * Returns what to do about a denial.
     *
     * @param library a module of the library, which may be unnamed
     * @param loading the name of its module that loads the native code, where it is on the module path
     */
    public static String remedy(Module library, String loading) {
        return "start java with --enable-native-access=" + (library.isNamed() ? loading : "ALL-UNNAMED");
    }
}
