package io.wgsd.members;

import io.wgsd.internal.OneLine;

/** Reports that a members' zone is not to be believed: by which rule, and why. */
public final class UnfitZoneException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 300;

    private final ZoneRule rule;

    /**
     * Says why a zone is not believed.
     *
     * @param rule what it does not keep to
     * @param reason what was found, which is made one line
     */
    public UnfitZoneException(ZoneRule rule, String reason) {
        super("members' zone refused (" + rule + "): " + OneLine.of(reason, SHOWN));
        this.rule = rule;
    }

    /**
     * Returns what the zone does not keep to.
     *
     * @return the first rule that it breaks
     */
    public ZoneRule rule() {
        return rule;
    }
}
