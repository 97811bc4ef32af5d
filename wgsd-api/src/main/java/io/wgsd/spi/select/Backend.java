package io.wgsd.spi.select;

import io.wgsd.internal.OneLine;
import io.wgsd.model.DeviceChange;
import io.wgsd.spi.Availability;
import io.wgsd.spi.BackendStatus;
import io.wgsd.spi.CancelledException;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSourceProvider;
import io.wgsd.spi.UnavailableException;
import io.wgsd.spi.WireGuardException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One provider and the source that it opened, once it could; one that is not available is tried again at each call.
 *
 * <p>A provider is another's code: anything it does that it promised not to do counts as "unavailable", so that it
 * takes down none of the others.
 */
public final class Backend {

    public static final String REPORT = "report this to the authors of the backend";

    private final PeerSourceProvider provider;
    private final String name;
    private final int priority;
    private final PeerSourceOptions options;
    private @Nullable PeerSource source;
    private boolean closed;

    private Backend(PeerSourceProvider provider, String name, int priority, PeerSourceOptions options) {
        this.provider = provider;
        this.name = name;
        this.priority = priority;
        this.options = options;
    }

    /** What a backend is asked for. */
    public interface Call<T> {
        T on(PeerSource source) throws WireGuardException;
    }

    /** A change that broke off: what it has done is not known. */
    public static final class StoppedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient UnavailableException error;

        StoppedException(UnavailableException error) {
            super(error);
            this.error = error;
        }

        /** Returns the error for the caller of the change. */
        public UnavailableException error() {
            return error;
        }
    }

    /** A provider that fails to give its name or its priority. */
    public static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient BackendStatus status;

        Unusable(String name, Throwable cause) {
            super(cause);
            status = new BackendStatus(
                    OneLine.of(name), Integer.MIN_VALUE, Availability.unavailable("it is broken: " + cause, REPORT));
        }

        BackendStatus status() {
            return status;
        }
    }

    /** Makes a backend of a provider; the caller has checked the options. */
    public static Backend of(@Nullable PeerSourceProvider provider, PeerSourceOptions options) throws Unusable {
        if (provider == null) {
            throw new Unusable("a provider", new NullPointerException("the provider is null"));
        }
        try {
            String name = provider.name();
            if (name == null || name.isBlank()) {
                throw new IllegalStateException("name() returned " + (name == null ? "null" : "a blank"));
            }
            return new Backend(provider, name, provider.priority(), options);
        } catch (RuntimeException | LinkageError e) {
            throw new Unusable(provider.getClass().getName(), e);
        }
    }

    public String name() {
        return name;
    }

    public int priority() {
        return priority;
    }

    public BackendStatus status() {
        return new BackendStatus(name, priority, probe());
    }

    /** Returns the names of its settings; all that begin with its name where it cannot list them. */
    public Set<String> settings() {
        try {
            Set<String> known = provider.settings();
            return known == null ? Set.of(SettingNames.allOf(name)) : Set.copyOf(known);
        } catch (RuntimeException | LinkageError e) {
            return Set.of(SettingNames.allOf(name));
        }
    }

    /** Refuses options that it cannot use. */
    public void check() {
        try {
            provider.check(options);
        } catch (IllegalArgumentException e) {
            if (isConcernedBy(options)) {
                throw e;
            }
            // Otherwise it is not the caller's fault.
        } catch (RuntimeException | LinkageError e) {
            // Opening it will report the error.
        }
    }

    /** Opens a source that is the caller's to close. */
    public PeerSource open() throws WireGuardException {
        try {
            PeerSource opened = provider.open(options);
            if (opened == null) {
                throw broken("opening it failed: open returned null", null);
            }
            return opened;
        } catch (IllegalArgumentException e) {
            if (isConcernedBy(options)) {
                // The caller's options, not the backend.
                throw e;
            }
            throw broken("opening it failed: " + e, e);
        } catch (RuntimeException | LinkageError e) {
            throw broken("opening it failed: " + e, e);
        }
    }

    /**
     * Asks the source, opened now where it was not before; UnavailableException where the backend cannot work here, or
     * was made for another version of the SPI.
     */
    public <T> T call(Call<T> call) throws WireGuardException {
        T answer;
        try {
            answer = call.on(source());
        } catch (LinkageError e) {
            throw broken("it does not fit this version of wgsd: " + e, e);
        }
        if (answer == null) {
            throw broken("it answered null", null);
        }
        return answer;
    }

    /**
     * Changes a device.
     *
     * @throws StoppedException where it broke off in the middle, so that no other backend may be asked
     */
    public boolean apply(String device, DeviceChange change) throws WireGuardException, StoppedException {
        PeerSource opened = source();
        try {
            opened.apply(device, change);
            return true;
        } catch (LinkageError e) {
            throw new StoppedException(broken(
                    "changing " + device + " broke off, and a part of the change may be in force: it does not fit this"
                            + " version of wgsd: " + e,
                    e));
        }
    }

    public Set<String> deviceNames() throws WireGuardException {
        return list(PeerSource::deviceNames);
    }

    public Map<String, String> devicesLeftOut() throws WireGuardException {
        return list(PeerSource::devicesLeftOut);
    }

    /** Lists devices; without arguments, any unchecked exception is the backend's own. */
    private <T> T list(Call<T> listing) throws WireGuardException {
        try {
            return call(listing);
        } catch (RuntimeException e) {
            throw broken("listing its devices failed: " + e, e);
        }
    }

    public void close() {
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

    private PeerSource source() throws WireGuardException {
        synchronized (this) {
            if (closed) {
                throw new CancelledException(ErrorOrigin.of(name), "using", "the source is closed", null);
            }
            if (source != null) {
                return source;
            }
        }
        Availability finding = probe();
        if (!finding.isAvailable()) {
            throw new UnavailableException(ErrorOrigin.of(name), finding, null);
        }
        return keep(open());
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
            Availability finding = provider.probe();
            return finding == null ? Availability.unavailable("its probe failed: it returned null", REPORT) : finding;
        } catch (RuntimeException | LinkageError e) {
            return Availability.unavailable("its probe failed: " + e, REPORT);
        }
    }

    private boolean isConcernedBy(PeerSourceOptions some) {
        return some.settingNames().stream().anyMatch(setting -> SettingNames.isOf(name, setting));
    }

    private UnavailableException broken(String what, @Nullable Throwable cause) {
        return new UnavailableException(ErrorOrigin.of(name), Availability.unavailable(what, REPORT), cause);
    }
}
