package io.wgsd.testkit.net.registry;

import io.wgsd.discovery.BrowseResult;
import io.wgsd.discovery.PeerLookup;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.Timeline;
import io.wgsd.testkit.net.TunnelDatagram;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Asks a simulated registry through a simulated tunnel. As the real client does, it repeats what is lost, gives up
 * after 5 s, and follows a registry that pushes changes.
 */
public final class SimulatedLookup implements PeerLookup {

    private final Timeline timeline;
    private final Endpoint server;
    private final Socket socket;
    private final PendingQuestions<Optional<Advertisement>> peers;
    private final PendingQuestions<List<RelayAdvertisement>> relays;
    private @Nullable Subscription subscription;
    private int lastId;

    /** Sends a message to the registry. */
    @FunctionalInterface
    public interface Socket {
        void send(int length, RegistryMessage message);
    }

    /**
     * Opens a socket in the tunnel.
     *
     * @param bind opens a socket that hands over what arrives, and returns its port
     * @param send sends a message from a port
     */
    public SimulatedLookup(
            Timeline timeline, Endpoint server, ToIntFunction<Consumer<TunnelDatagram>> bind, SendFrom send) {
        this.timeline = timeline;
        this.server = server;
        int port = bind.applyAsInt(this::receive);
        socket = (length, message) -> send.send(port, length, message);
        peers = new PendingQuestions<>(timeline, server, socket);
        relays = new PendingQuestions<>(timeline, server, socket);
    }

    /** Sends a message to the registry from a port. */
    @FunctionalInterface
    public interface SendFrom {
        void send(int port, int length, RegistryMessage message);
    }

    @Override
    public List<InetSocketAddress> servers() {
        return List.of(new InetSocketAddress(server.address().toInetAddress(), server.port()));
    }

    @Override
    public CompletionStage<Optional<Advertisement>> lookupAsync(PublicKey key) {
        RegistryMessage.Query query = new RegistryMessage.Query(++lastId, key);
        return peers.ask(query.id(), query);
    }

    @Override
    public CompletionStage<List<RelayAdvertisement>> relaysAsync() {
        RegistryMessage.RelayQuery query = new RegistryMessage.RelayQuery(++lastId);
        return relays.ask(query.id(), query);
    }

    @Override
    public Optional<Advertisement> lookup(PublicKey key) {
        throw blocking();
    }

    @Override
    public BrowseResult browseAll() {
        throw blocking();
    }

    @Override
    public List<RelayAdvertisement> relays() {
        throw blocking();
    }

    @Override
    public Optional<Following> follow(Set<PublicKey> keys, BiConsumer<PublicKey, Optional<Advertisement>> listener) {
        if (subscription != null) {
            subscription.close();
        }
        subscription = new Subscription(timeline, socket, keys, listener);
        return Optional.of(subscription);
    }

    private void receive(TunnelDatagram datagram) {
        Subscription following = subscription;
        if (datagram.payload() instanceof RegistryMessage.Response response) {
            peers.answered(response.id(), response.answer());
        } else if (datagram.payload() instanceof RegistryMessage.RelayList list) {
            relays.answered(list.id(), list.relays());
        } else if (following != null && datagram.payload() instanceof RegistryMessage message) {
            following.receive(message);
        }
    }

    private static UnsupportedOperationException blocking() {
        return new UnsupportedOperationException(
                "time is virtual, so that waiting would never end; use lookupAsync or relaysAsync, and run the timeline");
    }
}
