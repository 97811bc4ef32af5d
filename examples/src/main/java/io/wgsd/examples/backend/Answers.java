package io.wgsd.examples.backend;

import io.wgsd.spi.Availability;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.MalformedException;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.NotPermittedException;
import io.wgsd.spi.Operation;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.UnavailableException;
import io.wgsd.spi.WireGuardException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What the appliance's answers mean. */
final class Answers {

    private Answers() {}

    /** Returns the body of an answer that says yes. No other is quoted, for it may quote secrets that it was sent. */
    static byte[] body(Operation operation, HttpResponse<byte[]> answer) throws WireGuardException {
        ErrorOrigin origin = operation.origin();
        String action = operation.action();
        int status = answer.statusCode();
        return switch (status) {
            case 200 -> answer.body();
            case 401, 403 ->
                throw new NotPermittedException(
                        origin,
                        action,
                        "a token that may do it is to be in the file of " + ApplianceProvider.TOKEN_FILE,
                        null);
            case 404 -> throw absent(origin);
            case 409 -> throw new RejectedException(origin, action, "the appliance refuses it; its log says why");
            case 503 -> throw unavailable(origin, "it is not ready", null);
            default -> throw unexpected(origin, status);
        };
    }

    /** Returns what a missing answer means. */
    static WireGuardException failure(Operation operation, @Nullable Throwable cause) {
        // Only who was surely not asked is unavailable: then another backend is tried.
        return cause instanceof ConnectException
                ? unavailable(operation.origin(), "it cannot be reached", cause)
                : new MalformedException(operation.origin(), "it broke off (" + cause + ")", cause);
    }

    /** Where no device was asked for, it is the URL that is not there. */
    private static WireGuardException absent(ErrorOrigin origin) {
        return origin.device().isPresent()
                ? new NoSuchDeviceException(origin, "the appliance has none")
                : unexpected(origin, 404);
    }

    private static MalformedException unexpected(ErrorOrigin origin, int status) {
        return new MalformedException(
                origin, "it has the status " + status + "; see to " + ApplianceProvider.URL, null);
    }

    private static UnavailableException unavailable(ErrorOrigin origin, String reason, @Nullable Throwable cause) {
        return new UnavailableException(
                origin,
                Availability.unavailable(reason, "see whether the appliance is up, and to " + ApplianceProvider.URL),
                cause);
    }
}
