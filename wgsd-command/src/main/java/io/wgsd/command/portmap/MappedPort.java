package io.wgsd.command.portmap;

import io.wgsd.command.log.Log;
import io.wgsd.discovery.CandidateSource;
import io.wgsd.discovery.Routes;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.portmap.Gateway;
import io.wgsd.portmap.PortMapper;
import io.wgsd.portmap.PortMapperListener;
import io.wgsd.portmap.PortMapperStore;
import io.wgsd.portmap.PortMapping;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Has the router before this host forward the device's port, and is where that is reached. A router is asked only while
 * a registry sees this host at an address of IPv4 that this host does not have itself.
 */
public final class MappedPort implements CandidateSource {

    private final Routes routes;
    private final PortMapperStore store;
    private final Log log;
    private volatile Optional<Gateway> router = Optional.empty();
    private volatile @Nullable IpAddress seen;
    private @Nullable PortMapper mapper;

    /**
     * Makes a source that asks nobody until it is started.
     *
     * @param store keeps what routers may hold for this host
     * @param log gets a line when something changes
     */
    public MappedPort(Routes routes, PortMapperStore store, Log log) {
        this.routes = routes;
        this.store = store;
        this.log = log;
    }

    @Override
    public void start(ThreadFactory threads, Runnable changed) {
        mapper = PortMapper.builder(() -> router)
                .store(store)
                .listener(new Reporter(changed))
                .threadFactory(threads)
                .start();
    }

    @Override
    public List<Endpoint> candidates(Situation situation) {
        PortMapper running = mapper;
        if (running == null) {
            return List.of();
        }
        Optional<IpAddress> address = situation.seen().map(Endpoint::address);
        seen = address.orElse(null);
        Optional<Gateway> found = address.flatMap(
                outside -> Routers.translating(routes, situation.device().name(), outside));
        if (!found.equals(router)) {
            router = found;
            running.networkChanged();
        }
        running.port(situation.device().listenPort());
        return address.flatMap(outside -> running.mapping().flatMap(mapping -> mapping.reachableAt(outside))).stream()
                .toList();
    }

    @Override
    public void close() {
        PortMapper running = mapper;
        if (running != null) {
            running.close();
        }
    }

    private final class Reporter implements PortMapperListener {

        private static final String SUBJECT = "port mapping";

        private final Runnable changed;

        Reporter(Runnable changed) {
            this.changed = changed;
        }

        @Override
        public void mapped(PortMapping mapping) {
            IpAddress outside = seen;
            String forwards = "the router " + mapping.gateway().address() + " forwards " + mapping.external()
                    + " to port " + mapping.internalPort() + " of this host (" + mapping.protocol() + ")";
            if (outside == null || mapping.reachableAt(outside).isPresent()) {
                log.info(SUBJECT, forwards);
            } else {
                log.info(
                        SUBJECT,
                        forwards + ", which is of no use: a registry sees this host at " + outside
                                + ", so that another NAT is in between, or the router is mistaken");
            }
            changed.run();
        }

        @Override
        public void lost(PortMapping mapping, String reason) {
            log.info(SUBJECT, mapping.external() + " is not forwarded to this host any more: " + reason);
            changed.run();
        }

        @Override
        public void notMapped(String reason) {
            if (router.isPresent()) {
                log.debug("no port is mapped: " + reason);
            }
        }

        @Override
        public void storeFailed(String line) {
            log.warn(line);
        }
    }
}
