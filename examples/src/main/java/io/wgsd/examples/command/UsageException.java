package io.wgsd.examples.command;

/** Says that options do not fit together or an argument is wrong, which is exit status 2. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
