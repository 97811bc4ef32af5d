package io.wgsd.command.output;

import io.wgsd.model.PublicKey;
import io.wgsd.publish.PublishException;
import io.wgsd.publish.Publisher;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reports when publishing starts to work or to fail, not each success and failure. */
public final class PublisherReporter implements Publisher.Listener {

    private final String where;
    private final Consumer<String> report;
    private boolean works;
    private @Nullable String reported;

    public PublisherReporter(String where, Consumer<String> report) {
        this.where = where;
        this.report = report;
    }

    @Override
    public void published(int peers) {
        if (!works) {
            report.accept("published: " + where + " is up to date");
        }
        works = true;
        reported = null;
    }

    @Override
    public void failed(PublishException error, Duration retryIn) {
        works = false;
        String line = String.valueOf(error.getMessage());
        if (!line.equals(reported)) {
            report.accept(line + "; trying again from time to time");
        }
        reported = line;
    }

    @Override
    public void ended(Throwable error) {
        RegistryReporter.end("the publisher", error);
    }

    @Override
    public void passedOver(Set<PublicKey> peers) {
        if (!peers.isEmpty()) {
            report.accept(
                    peers.size() + " peers are not published, because the zone has records for them that no registry"
                            + " wrote, for example " + peers.iterator().next() + "; delete these records");
        }
    }
}
