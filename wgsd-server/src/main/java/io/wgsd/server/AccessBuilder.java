package io.wgsd.server;

import io.wgsd.dnssd.TsigKey;
import io.wgsd.model.IpPrefix;
import io.wgsd.server.answer.access.Access;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The settings of a registry that say who may ask for what.
 *
 * @param <B> the builder
 */
abstract class AccessBuilder<B extends AccessBuilder<B>> {

    final RegistryConfig config;

    AccessBuilder(RegistryConfig config) {
        this.config = config;
    }

    /** Returns this. */
    abstract B self();

    /**
     * Allows more clients than this host and the peers to look up a key that they know. Everyone else is refused.
     *
     * @param prefixes where they may come from; {@code 0.0.0.0/0} and {@code ::/0} let anyone ask
     * @return this
     */
    public B allow(Collection<IpPrefix> prefixes) {
        config.allowed.addAll(List.copyOf(Objects.requireNonNull(prefixes, "prefixes")));
        return self();
    }

    /**
     * Sets whether the clients that {@link #allow} adds may list all peers too; {@link RegistryBuilder#start} fails if no client was
     * added.
     *
     * @param allowed false by default
     * @return this
     */
    public B allowEnumeration(boolean allowed) {
        config.mayEnumerate = allowed;
        return self();
    }

    /**
     * Allows more clients than this host to transfer the whole zone by AXFR and IXFR, and to ask for anything in it.
     * Being a peer is not enough for that.
     *
     * @param prefixes where the secondaries ask from; an address inside the tunnel counts only for what comes out of
     *     the tunnel
     * @return this
     */
    public B allowTransfer(Collection<IpPrefix> prefixes) {
        config.mayTransfer.addAll(List.copyOf(Objects.requireNonNull(prefixes, "prefixes")));
        return self();
    }

    /**
     * Adds a key whose holders may ask for anything in the zone and see all of it, from any address (RFC 8945).
     *
     * @param key the key that it shares with this registry
     * @return this
     */
    public B allowKey(TsigKey key) {
        config.allowKey(key, Access.EVERYTHING);
        return self();
    }

    /**
     * Adds a key whose holders may transfer the whole zone by AXFR and IXFR, and ask for anything in it, from any
     * address.
     *
     * @param key the key that it shares with this registry
     * @return this
     */
    public B allowTransferKey(TsigKey key) {
        config.allowKey(key, Access.TRANSFER);
        return self();
    }

    /**
     * Sets which peers are visible to which.
     *
     * @param visibility all to all by default
     * @return this
     */
    public B visibility(VisibilityPolicy visibility) {
        config.visibility = Objects.requireNonNull(visibility, "visibility");
        return self();
    }

    /**
     * Sets how many datagrams a second are sent to a network, a /24 or a /56, from which neither the tunnel nor a
     * cookie (RFC 7873) nor a key proves that it really asks.
     *
     * <p>Of the requests beyond that, half are dropped, and half get a short answer that asks the client to repeat the
     * question over TCP or with a cookie. So nobody can use the registry to flood others.
     *
     * @param responses 1 to 1,000,000; 50 by default, and 0 for no limit
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public B responsesPerSecond(int responses) {
        config.responsesPerSecond(responses);
        return self();
    }
}
