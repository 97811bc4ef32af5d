package io.wgsd.discovery.registry;

import io.wgsd.discovery.lookup.LookupErrors;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A registry inside the tunnel that answers at once. */
public final class AnsweringChannel implements RegistryChannel {

    private final Map<PublicKey, Advertisement> advertised = new HashMap<>();
    private final List<RelayAdvertisement> relays = new ArrayList<>();
    private boolean failing;
    private final List<PublicKey> asked = new ArrayList<>();
    private int listed;

    public AnsweringChannel advertise(PublicKey key, Endpoint endpoint) {
        advertised.put(key, Advertisement.builder(key).endpoint(endpoint).build());
        return this;
    }

    /** Says of a peer which relays hear it, and how its NAT maps. */
    public AnsweringChannel advertise(PublicKey key, Endpoint endpoint, NatMapping nat, PublicKey... hearing) {
        advertised.put(
                key,
                Advertisement.builder(key)
                        .endpoint(endpoint)
                        .natMapping(nat)
                        .relays(List.of(hearing))
                        .build());
        return this;
    }

    public AnsweringChannel announce(PublicKey relay, Endpoint... endpoints) {
        relays.add(new RelayAdvertisement(relay, List.of(endpoints)));
        return this;
    }

    public void withdrawRelays() {
        relays.clear();
    }

    /** Returns the peers that it was asked about, in order. */
    public List<PublicKey> asked() {
        return asked;
    }

    /** Returns how often it was asked for its relays. */
    public int listed() {
        return listed;
    }

    @Override
    public CompletableFuture<List<RelayAdvertisement>> relays(
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        listed++;
        return failing
                ? CompletableFuture.failedFuture(LookupErrors.tooLate("asking"))
                : CompletableFuture.completedFuture(List.copyOf(relays));
    }

    /** Stops answering. */
    public void fail() {
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
        asked.add(key);
        if (failing) {
            return CompletableFuture.failedFuture(LookupErrors.tooLate("asking"));
        }
        return CompletableFuture.completedFuture(Optional.ofNullable(advertised.get(key)));
    }
}
