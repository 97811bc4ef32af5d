package io.wgsd.discovery.registry;

import io.wgsd.discovery.candidate.RegistrationOutcome;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A registry as an agent sees it. Implementations are thread-safe and never block. */
public interface RegistryChannel {

    /** Returns how people know it: an address, or a name that is not resolved. */
    default InetSocketAddress label() {
        return servers().get(0);
    }

    /**
     * Finds out the registry's address, if that can change.
     *
     * @param away whether it does not answer now
     * @param wake is run when more is known
     * @return why the address is not known, after each look-up; empty if it is known, or is being looked up
     */
    default Optional<String> refresh(boolean away, Moment at, Runnable wake) {
        return Optional.empty();
    }

    /** Returns the addresses at which it is asked; empty if they are not known yet. */
    List<InetSocketAddress> servers();

    /** Returns whether its answers prove that they are its own, no matter how it is reached. */
    boolean isProven();

    /**
     * Asks about a peer, each server from the address that a function names; the future fails with a
     * DiscoveryException.
     */
    CompletableFuture<Optional<Advertisement>> ask(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources);

    /**
     * Asks for the relays that the registry announces, each server from the address that a function names; the future
     * fails with a DiscoveryException.
     */
    default CompletableFuture<List<RelayAdvertisement>> relays(
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return CompletableFuture.completedFuture(List.of());
    }

    /**
     * Registers where else this host can be reached, in place of what it has registered before; the future never fails.
     *
     * @param key the key of this host's device
     * @param candidates best first; none to register nothing any more
     * @param lease for how long
     * @param sources from which address each server is asked
     */
    default CompletableFuture<RegistrationOutcome> register(
            PublicKey key,
            List<Endpoint> candidates,
            Duration lease,
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return CompletableFuture.completedFuture(RegistrationOutcome.unsupported("it takes no registrations"));
    }

    /**
     * Asks where else a peer can be reached, as it has registered, best first; the future may fail in any way, and ends
     * with none where the registry knows none.
     *
     * @param sources from which address each server is asked
     */
    default CompletableFuture<List<Endpoint>> candidates(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return CompletableFuture.completedFuture(List.of());
    }

    /** Follows these peers if the registry pushes changes: what it says goes to the listener, on any thread. */
    default void follow(
            Set<PublicKey> keys, InetAddress source, BiConsumer<PublicKey, Optional<Advertisement>> listener) {}

    /** Returns whether the registry currently pushes changes of a peer. */
    default boolean isFollowed(PublicKey key) {
        return false;
    }

    /** Notes that the registry answers, so that it may push changes again. */
    default void answers() {}

    /** Ends what {@link #follow} began. */
    default void unfollow() {}
}
