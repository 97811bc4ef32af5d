package io.wgsd.command.output;

import io.wgsd.command.log.Log;
import io.wgsd.model.PublicKey;
import io.wgsd.publish.PublishException;
import io.wgsd.publish.Publisher;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports when publishing starts to work or to fail, not each success and failure. */
public final class PublisherReporter implements Publisher.Listener {

    private final String where;
    private final Log log;
    private boolean works;
    private @Nullable String reported;

    public PublisherReporter(String where, Log log) {
        this.where = where;
        this.log = log;
    }

    @Override
    public void published(int peers) {
        if (!works) {
            log.info("published: " + where + " is up to date");
        }
        works = true;
        reported = null;
    }

    @Override
    public void failed(PublishException error, Duration retryIn) {
        works = false;
        String line = String.valueOf(error.getMessage());
        if (!line.equals(reported)) {
            log.warn(line + "; trying again from time to time");
        }
        reported = line;
    }

    @Override
    public void ended(Throwable error) {
        RegistryReporter.end(log, "the publisher", error);
    }

    @Override
    public void passedOver(Set<PublicKey> peers) {
        if (!peers.isEmpty()) {
            log.warn(peers.size() + " peers are not published, because the zone has records for them that no registry"
                    + " wrote, for example " + peers.iterator().next() + "; delete these records");
        }
    }
}
