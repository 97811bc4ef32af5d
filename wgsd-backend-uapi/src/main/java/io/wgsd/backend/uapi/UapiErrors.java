package io.wgsd.backend.uapi;

import io.wgsd.backend.uapi.transport.ErrnoException;
import io.wgsd.internal.Errno;
import io.wgsd.internal.PortInUse;
import io.wgsd.model.DeviceChange;
import io.wgsd.spi.Availability;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.NotPermittedException;
import io.wgsd.spi.Operation;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.UnavailableException;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Turns failures into exceptions that say what they mean and what to do about it. */
final class UapiErrors {

    /**
     * What wireguard-go answers where it has no better number (ipc/uapi_linux.go, IpcErrorUnknown); Linux calls it
     * ENOANO.
     */
    private static final int UNKNOWN = 55;

    private UapiErrors() {}

    /** Returns what it means that a socket, which was there, could not be connected to or used. */
    static WireGuardException ofSocket(Operation operation, Path socket, boolean isSocket, ErrnoException e) {
        String path = socket.toString();
        return switch (e.name()) {
            case "ENOENT", "ENOTDIR" -> absent(operation, path + " does not exist");
            case "ECONNREFUSED" ->
                absent(operation, path + (isSocket ? " is left by a process that has ended" : " is not a socket"));
            case "EPROTOTYPE", "ENOTSOCK" ->
                absent(operation, path + " is not a socket of the kind that WireGuard has");
            case "EACCES", "EPERM" ->
                new NotPermittedException(
                        operation.origin().errno(e.number()),
                        operation.action(),
                        "run as root or as the user that owns " + path,
                        e);
            case "ENAMETOOLONG" ->
                new UnavailableException(
                        operation.origin().errno(e.number()),
                        Availability.unavailable(
                                "the path " + path + " is too long for a Unix socket",
                                "choose a shorter " + UapiPeerSourceProvider.DIRECTORY),
                        e);
            case "EMFILE", "ENFILE" ->
                new UnavailableException(
                        operation.origin().errno(e.number()),
                        Availability.unavailable("too many files are open", "raise the limit (ulimit -n)"),
                        e);
            default -> unavailable(operation, e);
        };
    }

    /** Returns what it means that the other side refused, by its answer's errno. */
    static WireGuardException ofAnswer(Operation operation, int errno, @Nullable DeviceChange change) {
        String name = name(errno);
        ErrorOrigin origin = operation.origin().errno(errno);
        return switch (name) {
            case "EPERM", "EACCES" ->
                new NotPermittedException(
                        origin, operation.action(), "see to the rights of the WireGuard process itself", null);
            case "ENODEV", "ENXIO" -> absent(operation, "its WireGuard process says that it has gone");
            case "EADDRINUSE" -> new RejectedException(origin, operation.action(), name + ", " + portInUse(change));
            case "EINVAL", "EPROTO" ->
                new RejectedException(
                        origin,
                        operation.action(),
                        name + ", a part is not understood; its WireGuard's log says which");
            default -> new RejectedException(origin, operation.action(), name + "; its WireGuard's log may say more");
        };
    }

    private static String name(int errno) {
        return errno == UNKNOWN ? "errno " + errno : Errno.name(errno, System.getProperty("os.name", ""));
    }

    static UnavailableException unavailable(Operation operation, IOException e) {
        return new UnavailableException(
                operation.origin(),
                Availability.unavailable(String.valueOf(e.getMessage()), "see whether the WireGuard process is well"),
                e);
    }

    static NoSuchDeviceException absent(Operation operation, String reason) {
        return new NoSuchDeviceException(operation.origin(), reason);
    }

    /** wireguard-go and boringtun answer EADDRINUSE to all that goes wrong with their UDP sockets, marks included. */
    private static String portInUse(@Nullable DeviceChange change) {
        if (change != null && change.listenPort().isPresent()) {
            return PortInUse.reason(change.listenPort());
        }
        return "its UDP socket cannot be set up so; its WireGuard's log says why";
    }
}
