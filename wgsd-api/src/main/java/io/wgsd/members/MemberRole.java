package io.wgsd.members;

import io.wgsd.model.FormatException;

/** What a member is to the others. More roles may be added. */
public enum MemberRole {
    /** A host like any other. */
    MEMBER("member"),
    /** A host that answers for the zone; hosts without a direct path may reach each other through its allowed IPs. */
    REGISTRY("registry"),
    /** A host that forwards packets of WireGuard unread. */
    RELAY("relay");

    private final String text;

    MemberRole(String text) {
        this.text = text;
    }

    /**
     * Returns the role's name in files and records.
     *
     * @return one word in lower case
     */
    public String text() {
        return text;
    }

    /**
     * Finds a role by its name.
     *
     * @param text {@code member}, {@code registry} or {@code relay}
     * @return the role
     * @throws FormatException if it is none of these
     */
    public static MemberRole parse(String text) {
        for (MemberRole role : values()) {
            if (role.text.equals(text)) {
                return role;
            }
        }
        throw new FormatException("role", text, "must be member, registry or relay");
    }
}
