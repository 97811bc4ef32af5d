package io.wgsd.server.zone;

import io.wgsd.dnssd.NameServer;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.members.PeerNames;
import io.wgsd.model.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;

/**
 * What peers are called: as the registry was told, and what that leaves out as a network's owner calls its members.
 *
 * <p>Not thread-safe.
 */
public final class NamesInUse {

    private final Consumer<String> notice;
    private ZoneOptions options;
    private PeerNames own;
    private PeerNames ofMembers = PeerNames.none();
    private PeerNames all;
    private boolean changed;

    NamesInUse(ZoneSettings settings, Consumer<String> notice) {
        this.notice = notice;
        options = settings.options();
        own = settings.names();
        all = own;
    }

    /**
     * Returns the names that are name servers' in the zone, and therefore no peers'.
     *
     * @param options the zone's options
     * @return names of one label, in lower case
     */
    public static Set<String> ofServers(ZoneOptions options) {
        Name origin = options.names().origin();
        return options.nameServers().stream()
                .map(NameServer::name)
                .filter(name -> name.subdomain(origin) && name.labels() == origin.labels() + 1)
                .map(name -> name.getLabelString(0).toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    void reconfigure(ZoneSettings settings) {
        options = settings.options();
        own = settings.names();
        combine();
    }

    void nameMembers(PeerNames names) {
        if (!names.equals(ofMembers)) {
            ofMembers = names;
            combine();
        }
    }

    PeerNames all() {
        return all;
    }

    /** Returns whether there are other names since the last call. */
    boolean takeChanged() {
        boolean now = changed;
        changed = false;
        return now;
    }

    private void combine() {
        Set<String> servers = ofServers(options);
        Map<PublicKey, String> free = new HashMap<>(ofMembers.asMap());
        List<String> taken =
                free.values().stream().filter(servers::contains).sorted().toList();
        if (!taken.isEmpty()) {
            free.values().removeAll(servers);
            notice.accept("members are not in the zone by the names " + String.join(", ", taken)
                    + ", which are name servers' there; give these members or the servers other names");
        }
        all = own.and(taken.isEmpty() ? ofMembers : PeerNames.of(free));
        changed = true;
    }
}
