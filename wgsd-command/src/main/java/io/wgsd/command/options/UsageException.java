package io.wgsd.command.options;

/** Options do not fit together, or an argument is wrong: exit status 2. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
