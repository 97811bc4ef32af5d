package io.wgsd.command.options;

/** Says that options do not fit together or an argument is wrong, which is exit status 2. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
