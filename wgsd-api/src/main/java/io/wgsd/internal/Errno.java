package io.wgsd.internal;

import java.util.Map;

/**
 * Numbers of system errors: Linux's as constants (include/uapi/asm-generic/errno-base.h and errno.h), and the names of
 * what other systems' numbers mean.
 */
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int EBADF = 9;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int EPIPE = 32;
    public static final int ERANGE = 34;
    public static final int ENAMETOOLONG = 36;
    public static final int EPROTO = 71;
    public static final int ENOTSOCK = 88;
    public static final int EMSGSIZE = 90;
    public static final int EPROTOTYPE = 91;
    public static final int EPROTONOSUPPORT = 93;
    public static final int EOPNOTSUPP = 95;
    public static final int EPFNOSUPPORT = 96;
    public static final int EAFNOSUPPORT = 97;
    public static final int EADDRINUSE = 98;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENETDOWN = 100;
    public static final int ENETUNREACH = 101;
    public static final int ENOBUFS = 105;
    public static final int ECONNREFUSED = 111;
    public static final int EHOSTUNREACH = 113;

    /** What is the same wherever there are Unix sockets. */
    private static final Map<Integer, String> EVERYWHERE = Map.ofEntries(
            Map.entry(EPERM, "EPERM"),
            Map.entry(ENOENT, "ENOENT"),
            Map.entry(EINTR, "EINTR"),
            Map.entry(EIO, "EIO"),
            Map.entry(ENXIO, "ENXIO"),
            Map.entry(EBADF, "EBADF"),
            Map.entry(ENOMEM, "ENOMEM"),
            Map.entry(EACCES, "EACCES"),
            Map.entry(EBUSY, "EBUSY"),
            Map.entry(EEXIST, "EEXIST"),
            Map.entry(ENODEV, "ENODEV"),
            Map.entry(ENOTDIR, "ENOTDIR"),
            Map.entry(EINVAL, "EINVAL"),
            Map.entry(ENFILE, "ENFILE"),
            Map.entry(EMFILE, "EMFILE"),
            Map.entry(EPIPE, "EPIPE"),
            Map.entry(ERANGE, "ERANGE"));

    private static final Map<Integer, String> LINUX = Map.ofEntries(
            Map.entry(EAGAIN, "EAGAIN"),
            Map.entry(ENAMETOOLONG, "ENAMETOOLONG"),
            Map.entry(EPROTO, "EPROTO"),
            Map.entry(ENOTSOCK, "ENOTSOCK"),
            Map.entry(EMSGSIZE, "EMSGSIZE"),
            Map.entry(EPROTOTYPE, "EPROTOTYPE"),
            Map.entry(EPROTONOSUPPORT, "EPROTONOSUPPORT"),
            Map.entry(EOPNOTSUPP, "EOPNOTSUPP"),
            Map.entry(EPFNOSUPPORT, "EPFNOSUPPORT"),
            Map.entry(EAFNOSUPPORT, "EAFNOSUPPORT"),
            Map.entry(EADDRINUSE, "EADDRINUSE"),
            Map.entry(EADDRNOTAVAIL, "EADDRNOTAVAIL"),
            Map.entry(ENETDOWN, "ENETDOWN"),
            Map.entry(ENETUNREACH, "ENETUNREACH"),
            Map.entry(ENOBUFS, "ENOBUFS"),
            Map.entry(ECONNREFUSED, "ECONNREFUSED"),
            Map.entry(EHOSTUNREACH, "EHOSTUNREACH"));

    /**
     * sys/errno.h of macOS, FreeBSD and OpenBSD, which have these in common; EPROTO is another number on each of them.
     */
    private static final Map<Integer, String> BSD = Map.ofEntries(
            Map.entry(35, "EAGAIN"),
            Map.entry(38, "ENOTSOCK"),
            Map.entry(40, "EMSGSIZE"),
            Map.entry(41, "EPROTOTYPE"),
            Map.entry(43, "EPROTONOSUPPORT"),
            Map.entry(45, "EOPNOTSUPP"),
            Map.entry(46, "EPFNOSUPPORT"),
            Map.entry(47, "EAFNOSUPPORT"),
            Map.entry(48, "EADDRINUSE"),
            Map.entry(49, "EADDRNOTAVAIL"),
            Map.entry(50, "ENETDOWN"),
            Map.entry(51, "ENETUNREACH"),
            Map.entry(55, "ENOBUFS"),
            Map.entry(61, "ECONNREFUSED"),
            Map.entry(63, "ENAMETOOLONG"),
            Map.entry(65, "EHOSTUNREACH"),
            Map.entry(92, "EPROTO"),
            Map.entry(95, "EPROTO"),
            Map.entry(100, "EPROTO"));

    private Errno() {}

    /**
     * Returns the name of one of Linux's errors, or "errno 123"; never the C library's text, which depends on the
     * locale.
     */
    public static String name(int number) {
        return name(number, LINUX);
    }

    /** Returns the same of an error of a system. */
    public static String name(int number, String osName) {
        return name(number, osName.startsWith("Linux") ? LINUX : BSD);
    }

    private static String name(int number, Map<Integer, String> own) {
        String everywhere = EVERYWHERE.get(number);
        return everywhere != null ? everywhere : own.getOrDefault(number, "errno " + number);
    }
}
