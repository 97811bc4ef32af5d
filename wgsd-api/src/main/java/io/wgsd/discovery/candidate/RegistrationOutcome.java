package io.wgsd.discovery.candidate;

import io.wgsd.internal.OneLine;
import java.time.Duration;

/**
 * What became of a registration. Immutable and thread-safe.
 *
 * @param kind what became of it
 * @param lease for how long it lasts, where it was registered
 * @param detail what was seen, on one line, where it was not
 */
public record RegistrationOutcome(Kind kind, Duration lease, String detail) {

    private static final int LONGEST = 200;

    /** What became of a registration. */
    public enum Kind {
        /** The registry shows it. */
        REGISTERED,
        /** The registry does not want it like that. */
        REFUSED,
        /** The registry takes no registrations. */
        UNSUPPORTED,
        /** This process may not use a port by which a registry knows that it speaks for the host. */
        NOT_PERMITTED,
        /** It did not get there, or had no response. */
        FAILED
    }

    /** Keeps the detail on one line that is not too long, since a registry may have written it. */
    public RegistrationOutcome {
        detail = OneLine.of(detail, LONGEST);
    }

    public static RegistrationOutcome registered(Duration lease) {
        return new RegistrationOutcome(Kind.REGISTERED, lease, "");
    }

    static RegistrationOutcome refused(String why) {
        return new RegistrationOutcome(Kind.REFUSED, Duration.ZERO, why);
    }

    public static RegistrationOutcome unsupported(String why) {
        return new RegistrationOutcome(Kind.UNSUPPORTED, Duration.ZERO, why);
    }

    static RegistrationOutcome notPermitted(String why) {
        return new RegistrationOutcome(Kind.NOT_PERMITTED, Duration.ZERO, why);
    }

    public static RegistrationOutcome failed(String why) {
        return new RegistrationOutcome(Kind.FAILED, Duration.ZERO, why);
    }
}
