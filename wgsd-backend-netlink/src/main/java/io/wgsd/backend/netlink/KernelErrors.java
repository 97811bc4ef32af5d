package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.transport.ErrnoException;
import io.wgsd.internal.Errno;
import io.wgsd.internal.PortInUse;
import io.wgsd.model.DeviceChange;
import io.wgsd.spi.Availability;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.MalformedException;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.NotPermittedException;
import io.wgsd.spi.Operation;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.UnavailableException;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Turns failures into exceptions that say what they mean and what to do about it. */
final class KernelErrors {

    static final String NO_MODULE = "the kernel has no WireGuard, or has not loaded it";
    static final String LOAD_IT = "run \"modprobe wireguard\" (Linux 5.6 or later has it)";

    private KernelErrors() {}

    /** Returns what a failure means; {@code change} is what was written, where something was. */
    static WireGuardException of(Operation operation, IOException failure, @Nullable DeviceChange change) {
        if (failure instanceof WireGuardException known) {
            return known;
        }
        if (failure instanceof ErrnoException errno) {
            return ofErrno(operation, errno, change);
        }
        if (failure instanceof ProtocolException) {
            return new MalformedException(operation.origin(), String.valueOf(failure.getMessage()), failure);
        }
        return unavailable(operation.origin(), String.valueOf(failure.getMessage()), "see the kernel's log", failure);
    }

    private static WireGuardException ofErrno(Operation operation, ErrnoException e, @Nullable DeviceChange change) {
        ErrorOrigin origin = operation.origin().errno(e.number());
        String name = Errno.name(e.number());
        return switch (e.number()) {
            case Errno.ENODEV -> new NoSuchDeviceException(origin, "the kernel has none");
            case Errno.EOPNOTSUPP ->
                new NoSuchDeviceException(origin, "the kernel has an interface of that name, but it is no WireGuard");
            // In both cases the kernel knows no such protocol or family.
            case Errno.ENOENT, Errno.EPROTONOSUPPORT, Errno.EAFNOSUPPORT -> unavailable(origin, NO_MODULE, LOAD_IT, e);
            case Errno.EPERM, Errno.EACCES ->
                new NotPermittedException(origin, operation.action(), "run as root or with CAP_NET_ADMIN", e);
            case Errno.EMFILE, Errno.ENFILE ->
                unavailable(origin, "too many files are open", "raise the limit (ulimit -n)", e);
            case Errno.EADDRINUSE ->
                new RejectedException(
                        origin,
                        operation.action(),
                        name + ", " + PortInUse.reason(change == null ? OptionalInt.empty() : change.listenPort()));
            case Errno.EMSGSIZE ->
                new RejectedException(
                        origin,
                        operation.action(),
                        name + ", a message is too long for a socket here; raise net.core.wmem_default to 131072");
            case Errno.ENOMEM, Errno.ENOBUFS ->
                new RejectedException(
                        origin,
                        operation.action(),
                        name + ", the kernel has no memory for it, or the device has its most peers, 1048576");
            case Errno.EBUSY -> unavailable(origin, "the kernel is busy (EBUSY)", "try again", e);
            default ->
                new RejectedException(
                        origin,
                        operation.action(),
                        name + (e.said().isEmpty() ? "; the kernel's log may say more" : ", \"" + e.said() + "\""));
        };
    }

    static UnavailableException unavailable(ErrorOrigin origin, String reason, String remedy, Exception cause) {
        return new UnavailableException(origin, Availability.unavailable(reason, remedy), cause);
    }
}
