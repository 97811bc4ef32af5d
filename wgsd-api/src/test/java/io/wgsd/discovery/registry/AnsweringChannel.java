package io.wgsd.discovery.registry;

import io.wgsd.discovery.lookup.LookupErrors;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A registry inside the tunnel that answers at once. */
public final class AnsweringChannel implements RegistryChannel {

    private final Map<PublicKey, Advertisement> advertised = new HashMap<>();
    private boolean failing;

    public AnsweringChannel advertise(PublicKey key, Endpoint endpoint) {
        advertised.put(key, Advertisement.builder(key).endpoint(endpoint).build());
        return this;
    }

    /** Stops answering. */
    void fail() {
        failing = true;
    }

    @Override
    public List<InetSocketAddress> servers() {
        return List.of(new InetSocketAddress("10.0.0.254", 53));
    }

    @Override
    public boolean isProven() {
        return false;
    }

    @Override
    public CompletableFuture<Optional<Advertisement>> ask(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        if (failing) {
            return CompletableFuture.failedFuture(LookupErrors.tooLate("asking"));
        }
        return CompletableFuture.completedFuture(Optional.ofNullable(advertised.get(key)));
    }
}
