package io.wgsd.members;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a network keeps for a host that is invited, and has not shown its key yet: a name, and addresses.
 *
 * <p>It is in the network's file alone, and no part of the zone. Immutable and thread-safe.
 */
public final class Reservation {

    private static final PublicKey NO_KEY = PublicKey.of(new byte[PublicKey.LENGTH]);

    private final Member host;
    private final Instant until;

    private Reservation(Member host, Instant until) {
        this.host = host;
        this.until = until;
    }

    /**
     * Returns a reservation.
     *
     * @param name a host name of 1 to 50 characters in any letter case, which becomes lower case
     * @param rest sets what the host will have besides its key
     * @param until when the invitation ends
     * @return the reservation
     * @throws io.wgsd.model.FormatException if a host cannot be called so, or have that
     */
    public static Reservation of(String name, Consumer<Member.Builder> rest, Instant until) {
        Member.Builder host = Member.builder(NO_KEY, name);
        rest.accept(host);
        return new Reservation(host.build(), Objects.requireNonNull(until, "until"));
    }

    /**
     * Returns what the host is called.
     *
     * @return a host name of one label, in lower case
     */
    public String name() {
        return host.name();
    }

    /**
     * Returns the addresses that are kept.
     *
     * @return the prefixes in ascending order, each once; unmodifiable
     */
    public List<IpPrefix> allowedIps() {
        return host.allowedIps();
    }

    /**
     * Returns when the invitation ends: from then on its addresses may become somebody else's.
     *
     * @return the end
     */
    public Instant until() {
        return until;
    }

    /**
     * Returns whether the invitation has ended.
     *
     * @param now the present time
     * @return whether it is too late
     */
    public boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    /**
     * Returns the host as a member.
     *
     * @param key the key that it has shown
     * @return a member with all that is kept for it
     */
    public Member host(PublicKey key) {
        Member.Builder member = Member.builder(key, host.name())
                .role(host.role())
                .allowedIps(host.allowedIps())
                .disabled(host.isDisabled());
        for (Endpoint endpoint : host.endpoints()) {
            member.endpoint(endpoint);
        }
        host.groups().forEach(member::group);
        return member.build();
    }

    /** Returns the host with a key that nobody has. */
    Member placeholder() {
        return host;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reservation that && host.equals(that.host) && until.equals(that.until);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, until);
    }

    /** Returns the line that a network's file has for it. */
    @Override
    public String toString() {
        return MemberLine.text(this);
    }
}
