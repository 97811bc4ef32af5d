package io.wgsd.discovery;

import io.wgsd.dnssd.Advertisement;
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
interface Feed {

    /** Returns where it is asked. */
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
