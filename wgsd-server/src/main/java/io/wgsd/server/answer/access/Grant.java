package io.wgsd.server.answer.access;

import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.server.transport.Client;
import org.jspecify.annotations.Nullable;

/**
 * What a client may have, and why. Immutable and thread-safe.
 *
 * @param access what it may have
 * @param peer whose address it asks from; null where it is no peer
 * @param known whether the way of arrival vouches for the address, as far as this system can tell; where not, an answer
 *     may go to somebody who did not ask
 */
public record Grant(Access access, @Nullable PublicKey peer, boolean known) {

    private static final Client THIS_HOST = new Client(Client.Standing.KNOWN, "this host");

    /** What there is to say before the device has been read. */
    public static final Grant REFUSAL = new Grant(Access.REFUSAL, null, false);

    /**
     * Returns who pays for a connection from an address to which this is granted, now that a connection vouches for the
     * address.
     *
     * @param address where it comes from
     * @return the peer, this host, or the address's network
     */
    public Client client(IpAddress address) {
        if (peer != null) {
            return new Client(Client.Standing.KNOWN, peer);
        }
        if (known) {
            return THIS_HOST;
        }
        return Client.network(
                switch (access) {
                    case TRANSFER -> Client.Standing.KNOWN;
                    case EVERYTHING, KNOWN_KEYS -> Client.Standing.ALLOWED;
                    default -> Client.Standing.STRANGER;
                },
                address);
    }

    /** Returns what a client may have that has shown a key: the greater of both grants, and of the whole zone. */
    public Grant withKey(Access byKey) {
        return new Grant(byKey.compareTo(access) > 0 ? byKey : access, null, true);
    }
}
