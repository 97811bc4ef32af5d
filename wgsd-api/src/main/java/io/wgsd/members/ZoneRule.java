package io.wgsd.members;

/** What a members' zone must be to be believed; each refusal names one. More rules may be added. */
public enum ZoneRule {
    /** It has no more records than a network needs. */
    SIZE("size"),
    /** It has the records of one zone, each once: none from outside, no wildcard, alias, delegation or other type. */
    CONTENT("content"),
    /** One of its keys is one that this host was given, and no two have the same tag. */
    ANCHOR("anchor"),
    /** What must be signed is, by one of its keys, and there are no signatures of anything else. */
    SIGNATURE("signature"),
    /** It has one digest, of SHA-384 over all records, with the serial of its SOA. */
    DIGEST("digest"),
    /** Its NSEC records lead from each name to the next, and back to the first. */
    CHAIN("chain"),
    /** Its records are those of members that do not contradict each other. */
    MEMBERS("members"),
    /** It is newer than the one before, or the same. */
    SERIAL("serial"),
    /** Its signatures are valid now. */
    TIME("time");

    private final String text;

    ZoneRule(String text) {
        this.text = text;
    }

    /** Returns the rule's name, one word in lower case. */
    @Override
    public String toString() {
        return text;
    }
}
