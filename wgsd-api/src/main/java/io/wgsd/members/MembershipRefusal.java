package io.wgsd.members;

import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a member does not get on a device though its owner has signed it, and why. Immutable and thread-safe.
 */
public final class MembershipRefusal {

    /** Why something is refused. More reasons may be added. */
    public enum Reason {
        /** The policy takes no default route, whole or in pieces. */
        DEFAULT_ROUTE("it is a default route, or a piece of one"),
        /** The policy has limits to which the prefix does not belong. */
        OUTSIDE_POLICY("it is outside of what this host lets members have"),
        /** The host reaches addresses of the prefix without the device. */
        HOST_NETWORK("it is part of a network that this host has itself, or has one in it"),
        /** A peer that is no member of the agent's making has the prefix, or one around it. */
        FOREIGN_PEER("a peer that was not made for a member has it, or a network around it"),
        /** There are as many peers as the policy allows. */
        TOO_MANY_PEERS("there are as many peers as this host lets the network have"),
        /** The zone's signatures are not valid now, so that nothing is added. */
        NOT_VALID_NOW("the signatures of the members' zone are not valid now");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Member member;
    private final @Nullable IpPrefix prefix;
    private final Reason reason;

    MembershipRefusal(Member member, @Nullable IpPrefix prefix, Reason reason) {
        this.member = member;
        this.prefix = prefix;
        this.reason = reason;
    }

    /**
     * Returns whom it concerns.
     *
     * @return the member's key
     */
    public PublicKey publicKey() {
        return member.publicKey();
    }

    /**
     * Returns what the member is called.
     *
     * @return its name
     */
    public String name() {
        return member.name();
    }

    /**
     * Returns which prefix the member does not get.
     *
     * @return the prefix; empty where the member is no peer at all
     */
    public Optional<IpPrefix> prefix() {
        return Optional.ofNullable(prefix);
    }

    /**
     * Returns why.
     *
     * @return the first reason that holds
     */
    public Reason reason() {
        return reason;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MembershipRefusal that
                && member.equals(that.member)
                && Objects.equals(prefix, that.prefix)
                && reason == that.reason;
    }

    @Override
    public int hashCode() {
        return Objects.hash(member, prefix, reason);
    }

    /** Returns who does not get what, and why, in one line. */
    @Override
    public String toString() {
        return "member " + name() + (prefix == null ? " is not made a peer: " : " does not get " + prefix + ": ")
                + reason.text;
    }
}
