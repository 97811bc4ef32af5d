package io.wgsd.command;

import io.wgsd.dnssd.SerialFile;
import io.wgsd.dnssd.Zone;
import io.wgsd.publish.Publisher;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Passes each new zone of a registry to its publisher, and stores its serial. Thread-safe. */
final class ZoneDelivery implements Consumer<Zone> {

    private final Consumer<String> report;
    private volatile Optional<Publisher> publisher = Optional.empty();
    private volatile Optional<SerialFile> serials;

    /**
     * Makes one without a publisher.
     *
     * @param serials where the serials are stored
     * @param report gets a line if one cannot be stored
     */
    ZoneDelivery(Optional<SerialFile> serials, Consumer<String> report) {
        this.serials = serials;
        this.report = report;
    }

    /** Passes zones to this publisher from now on. */
    void setPublisher(Optional<Publisher> value) {
        publisher = value;
    }

    /** Stores serials in this file from now on. */
    void setSerials(Optional<SerialFile> value) {
        serials = value;
    }

    @Override
    public void accept(Zone zone) {
        publisher.ifPresent(each -> each.publish(zone));
        serials.ifPresent(file -> {
            try {
                file.write(zone.serial());
            } catch (IOException e) {
                report.accept("the serial cannot be kept: " + e.getMessage());
            }
        });
    }
}
