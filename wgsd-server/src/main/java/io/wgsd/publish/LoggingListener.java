package io.wgsd.publish;

import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what an operator has to know, each thing once; used on the publisher's thread. */
final class LoggingListener implements Publisher.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private @Nullable String said;

    @Override
    public void published(int peers) {
        said = null;
    }

    @Override
    public void failed(PublishException error, Duration retryIn) {
        String line = String.valueOf(error.getMessage());
        if (!line.equals(said)) {
            LOG.warn("{}; it is tried again, first in {} s", line, retryIn.toSeconds());
        }
        said = line;
    }

    @Override
    public void passedOver(Set<PublicKey> peers) {
        if (!peers.isEmpty()) {
            LOG.warn(
                    "{} peers are not published, because the zone has records for them that no registry wrote: {}",
                    peers.size(),
                    peers);
        }
    }
}
