package io.wgsd.backend.cli;

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

/** Turns failures into exceptions that say what
 * they mean and what to do about it. All that {@code wg} reports is a text, strerror(3)'s for the locale
 * C, which it never leaves (it calls no setlocale).
 */
final class WgErrors {

    private static final int EPERM = 1;
    private static final int ENODEV = 19;

    private WgErrors() {}

    /** Returns what a failure means; {@code change} is what was to be changed, where something was. */
    static WireGuardException of(Operation operation, IOException failure, @Nullable DeviceChange change) {
        if (failure instanceof WireGuardException known) {
            return known;
        }
        if (failure instanceof WgException wg) {
            return ofWg(operation, wg, change);
        }
        if (failure instanceof ProtocolException) {
            return new MalformedException(operation.origin(), String.valueOf(failure.getMessage()), failure);
        }
        return new UnavailableException(
                operation.origin(),
                Availability.unavailable(
                        "wg cannot be run: " + failure.getMessage(), "see that it is there and may be executed"),
                failure);
    }

    private static WireGuardException ofWg(Operation operation, WgException failure, @Nullable DeviceChange change) {
        String said = failure.said();
        ErrorOrigin origin = operation.origin();
        if (said.endsWith("No such device") || said.endsWith("No such file or directory")) {
            return new NoSuchDeviceException(origin.errno(ENODEV), "wg finds none");
        }
        if (said.endsWith("Connection refused")) {
            return new NoSuchDeviceException(origin, "wg finds only the socket of a process that has ended");
        }
        if (said.endsWith("Operation not supported")) {
            return new NoSuchDeviceException(origin, "wg finds an interface of that name, but it is no WireGuard");
        }
        if (said.endsWith("Protocol not supported")) {
            return new NoSuchDeviceException(origin, "wg finds none, and the kernel has no WireGuard");
        }
        if (said.endsWith("Operation not permitted") || said.endsWith("Permission denied")) {
            return new NotPermittedException(
                    origin.errno(EPERM), operation.action(), "run as root or with CAP_NET_ADMIN", failure);
        }
        if (said.endsWith("Address already in use")) {
            return new RejectedException(
                    origin.errno(Errno.EADDRINUSE),
                    operation.action(),
                    PortInUse.reason(change == null ? OptionalInt.empty() : change.listenPort()));
        }
        return new RejectedException(
                origin, operation.action(), said.isEmpty() ? "wg does not say why" : "wg says \"" + said + "\"");
    }
}
