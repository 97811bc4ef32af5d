package io.wgsd.command;

import io.wgsd.command.log.Log;
import io.wgsd.command.member.RegistryMembers;
import io.wgsd.command.options.RegistrySettings;
import io.wgsd.command.output.ErrorText;
import io.wgsd.command.output.RegistryReporter;
import io.wgsd.command.output.RegistryView;
import io.wgsd.command.relay.AnnouncedRelays;
import io.wgsd.micrometer.families.PublisherReading;
import io.wgsd.micrometer.families.RegistryReading;
import io.wgsd.model.Device;
import io.wgsd.publish.Publisher;
import io.wgsd.server.Registry;
import io.wgsd.server.RegistryBuilder;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.TimedOutException;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A running registry with its publisher and its serial. Used by one thread at a time. */
final class RunningRegistry implements AutoCloseable {

    /**
     * How many attempts the first reading has: with very many peers, on a host that is booting, it may take too long.
     */
    private static final int FIRST_READINGS = 6;

    private final PeerSource source;
    private final List<Object> identity;
    private final String zone;
    private final String device;
    private final RegistryReporter reporter;
    private final ZoneDelivery delivery;
    private final Registry registry;
    private final Optional<RunningRelay> relay;
    private final AnnouncedRelays relays;
    private final Optional<RegistryMembers> members;
    private Optional<Publisher> publisher;

    private RunningRegistry(
            PeerSource source,
            RegistrySettings settings,
            RegistryReporter reporter,
            ZoneDelivery delivery,
            Registry registry,
            Optional<RunningRelay> relay,
            AnnouncedRelays relays,
            Optional<RegistryMembers> members,
            Optional<Publisher> publisher) {
        this.source = source;
        identity = settings.identity();
        zone = settings.zone();
        device = settings.device();
        this.reporter = reporter;
        this.delivery = delivery;
        this.registry = registry;
        this.relay = relay;
        this.relays = relays;
        this.members = members;
        this.publisher = publisher;
    }

    static RunningRegistry start(PeerSource source, RegistrySettings settings, Log log, Runnable onReady)
            throws IOException {
        Device first = first(source, settings.device(), log);
        RegistryReporter reporter = new RegistryReporter(log, settings.zone(), settings.device(), onReady);
        ZoneDelivery delivery = new ZoneDelivery(settings.serials(), reporter::problem);
        reporter.onZone(delivery);
        settings.listenWarning().ifPresent(reporter::problem);
        RegistryBuilder builder = settings.builder(source, first, reporter, reporter::problem);
        Optional<Publisher> publisher = settings.publisher(first, reporter.log());
        boolean started = false;
        Optional<RunningRelay> relay = Optional.empty();
        AnnouncedRelays relays = AnnouncedRelays.start(settings.names(), settings.relaysElsewhere(), reporter.log());
        try {
            if (settings.relay().isPresent()) {
                relay = Optional.of(RunningRelay.start(
                        source, first, settings.relay().get(), settings.visibility(), reporter.log()));
                relays.add(relay.get());
            }
            relays.addTo(builder);
            builder.tellsMembers(!settings.relaysElsewhere().isEmpty());
            delivery.setPublisher(publisher);
            Registry registry = builder.start();
            started = true;
            reporter.nameBy(registry::names);
            Optional<RegistryMembers> members = settings.members().isEmpty()
                    ? Optional.empty()
                    : Optional.of(RegistryMembers.start(
                            settings.members().get(),
                            source,
                            settings.device(),
                            registry::serveMembers,
                            reporter.log()));
            return new RunningRegistry(
                    source, settings, reporter, delivery, registry, relay, relays, members, publisher);
        } finally {
            if (!started) {
                relays.close();
                relay.ifPresent(RunningRelay::close);
                publisher.ifPresent(Publisher::close);
            }
        }
    }

    private static Device first(PeerSource source, String device, Log log) throws WireGuardException {
        for (int attempt = 1; attempt < FIRST_READINGS; attempt++) {
            try {
                return source.read(device);
            } catch (TimedOutException e) {
                log.warn(ErrorText.of(e) + "; trying again");
            }
        }
        return source.read(device);
    }

    /** Returns whether these settings belong to this registry. */
    boolean is(RegistrySettings settings) {
        return settings.identity().equals(identity);
    }

    /** Returns how it is now. */
    RegistryView view() {
        return new RegistryView(
                zone,
                device,
                RegistryReading.of(registry),
                publisher.map(PublisherReading::of),
                relay.map(RunningRelay::reading),
                registry.names());
    }

    /** Applies other settings; if that fails, the registry continues with the old ones. */
    void reconfigure(RegistrySettings settings) throws IOException {
        Device device = source.read(settings.device());
        RegistryBuilder builder = settings.builder(source, device, reporter, reporter::problem);
        relays.addTo(builder);
        builder.tellsMembers(!settings.relaysElsewhere().isEmpty());
        Optional<Publisher> next = settings.publisher(device, reporter.log());
        boolean taken = false;
        try {
            registry.reconfigure(builder);
            taken = true;
        } finally {
            if (!taken) {
                next.ifPresent(Publisher::close);
            }
        }
        relay.ifPresent(each -> each.setVisibility(settings.visibility()));
        delivery.setSerials(settings.serials());
        delivery.setPublisher(Optional.empty());
        publisher.ifPresent(Publisher::close);
        publisher = next;
        delivery.setPublisher(next);
        next.ifPresent(each -> registry.zone().ifPresent(each::publish));
    }

    @Override
    public void close() {
        members.ifPresent(RegistryMembers::close);
        registry.close();
        relays.close();
        relay.ifPresent(RunningRelay::close);
        publisher.ifPresent(Publisher::close);
    }
}
