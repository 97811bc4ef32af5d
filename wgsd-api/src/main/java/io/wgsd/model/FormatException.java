package io.wgsd.model;

import io.wgsd.internal.OneLine;

/**
 * Reports that a text is not what it should be: what was expected, the text itself unless it may be a secret, and why
 * it does not parse.
 *
 * <p>The message is one line: control characters of the text are escaped, and a text of more than 80 characters is cut.
 */
public final class FormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final String subject;
    private final String reason;

    /**
     * Makes an exception that shows the text.
     *
     * @param subject what was expected, as in "endpoint"
     * @param text what was found; it must not be a secret
     * @param reason why it is not the subject, and what would be
     */
    public FormatException(String subject, String text, String reason) {
        super(subject + " \"" + OneLine.of(text, SHOWN) + "\": " + reason);
        this.subject = subject;
        this.reason = reason;
    }

    private FormatException(String subject, String reason) {
        super(subject + ": " + reason);
        this.subject = subject;
        this.reason = reason;
    }

    /**
     * Returns an exception that keeps the text to itself.
     *
     * @param subject what was expected, as in "private key"
     * @param reason why the text is not the subject, in words that quote none of it
     * @return the exception, to be thrown by the caller
     */
    public static FormatException withoutText(String subject, String reason) {
        return new FormatException(subject, reason);
    }

    /**
     * Returns what was expected.
     *
     * @return the subject, as in "endpoint"
     */
    public String subject() {
        return subject;
    }

    /**
     * Returns why the text does not parse.
     *
     * @return the reason, without the text
     */
    public String reason() {
        return reason;
    }
}
