package io.wgsd.discovery.agent;

import io.wgsd.discovery.decide.AgentMemory;
import io.wgsd.discovery.registry.Registries;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.model.Device;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent asks its registries: about peers, relays and this host itself.
 *
 * <p>Not thread-safe.
 */
final class RegistryQuestions {

    private static final Duration SELF = Duration.ofSeconds(60);

    /** How often it is asked where this host is now, and for how long, after its network has changed. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Duration HURRY = Duration.ofSeconds(10);
    private static final int ASKED_AT_ONCE = 64;

    private final Registries registries;
    private final Reachability reach;
    private final boolean insecureDnsAllowed;
    private final boolean relaysAllowed;
    private @Nullable Moment selfAsked;
    private @Nullable Moment hurriesUntil;
    private volatile boolean changed;

    RegistryQuestions(AgentParts parts, Registries registries, Reachability reach) {
        this.registries = registries;
        this.reach = reach;
        insecureDnsAllowed = parts.insecureDnsAllowed();
        relaysAllowed = parts.relaysAllowed();
    }

    /** Notes that registries may soon see this host elsewhere; from any thread. */
    void networkChanged() {
        changed = true;
    }

    /**
     * Asks about these peers, and for what else is due. This host comes first, since who is behind the same NAT is tried
     * otherwise.
     */
    void ask(List<PublicKey> keys, @Nullable Device read, Moment now) {
        if (changed) {
            changed = false;
            hurriesUntil = now.plus(HURRY);
        }
        boolean hurries = hurriesUntil != null && !hurriesUntil.hasCome(now);
        Moment asked = selfAsked;
        if (read != null && (asked == null || now.since(asked).compareTo(hurries ? SOON : SELF) >= 0)) {
            selfAsked = now;
            read.publicKey().ifPresent(this::ask);
        }
        keys.forEach(this::ask);
        if (relaysAllowed) {
            registries.askForRelays(reach, insecureDnsAllowed);
        }
    }

    /** The first answer leads to questions about all other peers; so only some are asked about here. */
    void askAtOnce(Device read, AgentMemory state) {
        selfAsked = null;
        state.peers().values().stream()
                .filter(memory -> memory.without() != null)
                .map(memory -> memory.peer().publicKey())
                .filter(key -> read.peer(key).isPresent())
                .limit(ASKED_AT_ONCE)
                .forEach(this::ask);
    }

    private void ask(PublicKey key) {
        registries.ask(key, reach, insecureDnsAllowed);
    }
}
