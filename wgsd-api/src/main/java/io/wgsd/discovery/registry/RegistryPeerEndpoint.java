package io.wgsd.discovery.registry;

import io.wgsd.discovery.decide.PeerMemory;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Moment;
import io.wgsd.model.UnusableAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of the peer through which the registry is reached, by a name that is looked up only while the peer's
 * session is dead: no registry advertises it, and WireGuard itself resolves a name only once.
 *
 * <p>For the agent's thread alone.
 */
public final class RegistryPeerEndpoint {

    /** How long to wait after an existing session is found dead. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long each of several addresses is tried. */
    private static final Duration TURN = Duration.ofSeconds(15);

    private final HostName name;
    private final NameLookup lookup;
    private @Nullable Moment dead;
    private @Nullable Moment turned;
    private boolean reported;

    public RegistryPeerEndpoint(HostName name, NameLookup.Resolver resolver, ThreadFactory threadFactory) {
        this.name = name;
        lookup = new NameLookup(name.host(), resolver, threadFactory);
    }

    /**
     * What to do.
     *
     * @param endpoint the endpoint to set; empty if none is
     * @param failure what is to be reported; empty if nothing is
     */
    public record Step(Optional<Endpoint> endpoint, Optional<String> failure) {

        private static final Step NONE = new Step(Optional.empty(), Optional.empty());
    }

    /**
     * Decides what to do about the peer.
     *
     * @param peer what is remembered of it, the latest reading included
     * @param answers whether the registry answers, so that the session is live no matter how old it is
     * @param wake is run when a look-up has ended
     */
    public Step look(PeerMemory peer, boolean answers, Moment at, Runnable wake) {
        if (answers || peer.session().isLive(at)) {
            dead = null;
            reported = false;
            return Step.NONE;
        }
        Moment since = dead == null ? at : dead;
        dead = since;
        boolean had = peer.session().age(at).isPresent();
        if (had && at.since(since).compareTo(PATIENCE) < 0) {
            return Step.NONE;
        }
        Optional<NameLookup.Result> found = lookup.take();
        lookup.begin(at, wake);
        if (found.isEmpty()) {
            return Step.NONE;
        }
        Optional<String> failure = reported ? Optional.empty() : found.get().failure();
        reported |= failure.isPresent();
        return new Step(
                next(found.get().addresses(), peer.peer().endpoint(), at),
                failure.map(text -> "the address of the registry's peer cannot be looked up: " + text));
    }

    private Optional<Endpoint> next(List<IpAddress> addresses, Optional<Endpoint> has, Moment at) {
        List<Endpoint> usable = addresses.stream()
                .filter(address -> UnusableAddress.reason(address).isEmpty())
                .map(address -> Endpoint.of(address, name.port()))
                .toList();
        int known = has.map(usable::indexOf).orElse(-1);
        boolean trying = known >= 0
                && (usable.size() == 1 || (turned != null && at.since(turned).compareTo(TURN) < 0));
        if (usable.isEmpty() || trying) {
            return Optional.empty();
        }
        if (known >= 0 && turned == null) {
            // WireGuard may have tried it for long, but not since the name was looked up.
            turned = at;
            return Optional.empty();
        }
        turned = at;
        return Optional.of(usable.get((known + 1) % usable.size()));
    }
}
