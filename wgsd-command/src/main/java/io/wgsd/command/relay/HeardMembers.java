package io.wgsd.command.relay;

import io.wgsd.command.log.Log;
import io.wgsd.command.output.RegistryReporter;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.relay.RelayListener;
import io.wgsd.server.RelaySource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Follows which members a relay hears, for the zone that announces it. Thread-safe. */
public final class HeardMembers implements RelayListener, RelaySource {

    private final RelayAdvertisement advertisement;
    private final Log log;
    private final Set<PublicKey> attached = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean changed = new AtomicBoolean();
    private volatile Map<RelayAdvertisement, Set<PublicKey>> heard;

    /**
     * Begins with nobody heard.
     *
     * @param advertisement what the zone says of the relay
     * @param log gets a line where something does not work
     */
    public HeardMembers(RelayAdvertisement advertisement, Log log) {
        this.advertisement = advertisement;
        this.log = log;
        heard = Map.of(advertisement, Set.of());
    }

    @Override
    public Map<RelayAdvertisement, Set<PublicKey>> heard() {
        if (changed.getAndSet(false)) {
            heard = Map.of(advertisement, Set.copyOf(attached));
        }
        return heard;
    }

    @Override
    public void attached(PublicKey member, Endpoint endpoint) {
        attached.add(member);
        changed.set(true);
    }

    @Override
    public void detached(PublicKey member) {
        attached.remove(member);
        changed.set(true);
    }

    @Override
    public void problem(String line) {
        log.warn(line);
    }

    @Override
    public void ended(Throwable error) {
        RegistryReporter.end(log, "the relay", error);
    }
}
