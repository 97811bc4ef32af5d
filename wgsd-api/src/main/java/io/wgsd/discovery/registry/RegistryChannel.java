package io.wgsd.discovery.registry;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A registry as an agent sees it. Implementations are thread-safe and never block. */
public interface RegistryChannel {

    /** Returns by what it is known to people: an address, or a name that is not resolved. */
    default InetSocketAddress label() {
        return servers().get(0);
    }

    /**
     * Finds out where it is, where that may change.
     *
     * @param away whether it does not answer now
     * @param wake is run when more is known
     * @return why it is not known where it is, each time that has been found out; empty where it is, or is being looked for
     */
    default Optional<String> refresh(boolean away, Moment at, Runnable wake) {
        return Optional.empty();
    }

    /** Returns where it is asked; empty where that is not known yet. */
    List<InetSocketAddress> servers();

    /** Returns whether what it says is known to be its own, whatever the way to it. */
    boolean isProven();

    /** Asks about a peer, each server from the address that a function names; the future fails with a DiscoveryException. */
    CompletableFuture<Optional<Advertisement>> ask(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources);

    /**
     * Has these peers followed, where the registry tells of changes by itself: what it says goes to the listener, on any
     * thread.
     */
    default void follow(
            Set<PublicKey> keys, InetAddress source, BiConsumer<PublicKey, Optional<Advertisement>> listener) {}

    /** Returns whether the registry tells of changes of a peer just now. */
    default boolean isFollowed(PublicKey key) {
        return false;
    }

    /** Says that the registry answers, so that it may tell of changes again. */
    default void answers() {}

    /** Ends what {@link #follow} began. */
    default void unfollow() {}
}
