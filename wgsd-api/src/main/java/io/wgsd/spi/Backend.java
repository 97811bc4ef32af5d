package io.wgsd.spi;

import org.jspecify.annotations.Nullable;

/** One provider and the source that it opened, once it could; one that is not available is tried again at each call. */
final class Backend {

    static final String REPORT = "report this to whoever wrote the backend";

    private final PeerSourceProvider provider;
    private final PeerSourceOptions options;
    private @Nullable PeerSource source;
    private boolean closed;

    Backend(PeerSourceProvider provider, PeerSourceOptions options) {
        this.provider = provider;
        this.options = options;
    }

    /** Opens a backend; one that breaks its promise and throws something else counts as unavailable. */
    static PeerSource open(PeerSourceProvider provider, PeerSourceOptions options) throws WireGuardException {
        try {
            return provider.open(options);
        } catch (IllegalArgumentException e) {
            // The caller's options, not the backend.
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new UnavailableException(
                    ErrorOrigin.of(provider.name()), Availability.unavailable("opening it failed: " + e, REPORT), e);
        }
    }

    String name() {
        return provider.name();
    }

    BackendStatus status() {
        return new BackendStatus(name(), provider.priority(), probe());
    }

    /** Returns the source, opened now where it was not before; UnavailableException where the backend cannot work here. */
    PeerSource source() throws WireGuardException {
        synchronized (this) {
            if (closed) {
                throw new CancelledException(ErrorOrigin.of(name()), "using", "the source is closed", null);
            }
            if (source != null) {
                return source;
            }
        }
        Availability finding = probe();
        if (!finding.isAvailable()) {
            throw new UnavailableException(ErrorOrigin.of(name()), finding, null);
        }
        return keep(open(provider, options));
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
        return source();
    }

    private Availability probe() {
        try {
            return provider.probe();
        } catch (RuntimeException | LinkageError e) {
            // A provider is another's code: one that breaks its promise must not take the others down.
            return Availability.unavailable("its probe failed: " + e, REPORT);
        }
    }
}
