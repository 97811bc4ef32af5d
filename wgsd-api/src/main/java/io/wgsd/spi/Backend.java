package io.wgsd.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One provider and the source that it opened, once it could; one that is not available is tried again at each call. */
final class Backend {

    private final PeerSourceProvider provider;
    private final PeerSourceOptions options;
    private @Nullable PeerSource source;
    private boolean closed;

    Backend(PeerSourceProvider provider, PeerSourceOptions options) {
        this.provider = provider;
        this.options = options;
    }

    String name() {
        return provider.name();
    }

    int priority() {
        return provider.priority();
    }

    BackendStatus status() {
        return new BackendStatus(name(), priority(), probe());
    }

    /** Returns the source, opened now where it was not before; empty where the backend cannot work here. */
    Optional<PeerSource> source() throws WireGuardException {
        synchronized (this) {
            if (closed) {
                throw new CancelledException(ErrorOrigin.of(name()), "using", "the source is closed", null);
            }
            if (source != null) {
                return Optional.of(source);
            }
        }
        if (!probe().isAvailable()) {
            return Optional.empty();
        }
        PeerSource opened;
        try {
            opened = provider.open(options);
        } catch (UnavailableException e) {
            return Optional.empty();
        }
        return Optional.of(keep(opened));
    }

    void close() {
        PeerSource open;
        synchronized (this) {
            closed = true;
            open = source;
            source = null;
        }
        if (open != null) {
            open.close();
        }
    }

    /** Keeps the first of two that were opened at the same time. */
    private PeerSource keep(PeerSource opened) throws WireGuardException {
        synchronized (this) {
            if (!closed && source == null) {
                source = opened;
                return opened;
            }
        }
        opened.close();
        return source().orElseThrow();
    }

    private Availability probe() {
        try {
            return provider.probe();
        } catch (RuntimeException | LinkageError e) {
            // A provider is another's code: one that breaks its promise must not take the others down.
            return Availability.unavailable("its probe failed: " + e, "report this to whoever wrote the backend");
        }
    }
}
