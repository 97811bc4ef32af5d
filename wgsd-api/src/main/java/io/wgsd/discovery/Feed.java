package io.wgsd.discovery;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
}
