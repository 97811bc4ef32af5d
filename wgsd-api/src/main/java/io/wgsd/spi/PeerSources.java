package io.wgsd.spi;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.spi.select.Backend;
import io.wgsd.spi.select.PassedOver;
import io.wgsd.spi.select.ProviderLoader;
import io.wgsd.spi.select.Providers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All backends that this runtime has, as one source: each call goes to the backend that has the device at that moment.
 *
 * <p>The backends are asked in the order of their priority, each within {@link PeerSourceOptions#timeout()}. Only "no
 * such device" and "unavailable" lead on to the next one; every other error is passed to the caller, and a change that
 * broke off in the middle is too. A backend that breaks its promises, or was made for another version of this library,
 * counts as unavailable. Where none is left, the error says of each why it was passed over. A device that goes away and
 * comes back under another backend is found there, and a backend that becomes available is used from then on.
 * Thread-safe.
 */
public final class PeerSources implements PeerSource {

    private final List<Backend> backends;
    private final List<BackendStatus> failures;
    private volatile boolean closed;

    PeerSources(
            Collection<? extends PeerSourceProvider> providers,
            List<BackendStatus> failedToLoad,
            PeerSourceOptions options) {
        Providers found = Providers.of(providers, failedToLoad, options);
        found.check(options);
        backends = found.backends();
        failures = found.failures();
    }

    /**
     * Opens all backends that ServiceLoader finds with the class loader of this interface.
     *
     * @param options how to open them
     * @return a source, which the caller closes; it is there even where no backend is available
     * @throws IllegalArgumentException if a setting is one that no backend knows, or has a value that its backend
     *     cannot use
     */
    public static PeerSources open(PeerSourceOptions options) {
        return open(options, PeerSourceProvider.class.getClassLoader());
    }

    /**
     * Opens all backends that ServiceLoader finds with a class loader, for an application whose backends are not where
     * the library is, as in a container of plugins.
     *
     * @param options how to open them
     * @param loader finds the backends, and sees this library's own classes
     * @return a source, which the caller closes; it is there even where no backend is available
     * @throws IllegalArgumentException if a setting is one that no backend knows, or has a value that its backend
     *     cannot use
     */
    public static PeerSources open(PeerSourceOptions options, ClassLoader loader) {
        ProviderLoader found = ProviderLoader.load(Objects.requireNonNull(loader, "loader"));
        return new PeerSources(found.providers(), found.failures(), options);
    }

    /**
     * Opens the one backend that has a name.
     *
     * @param backend the backend's name, as in "netlink"
     * @param options how to open it
     * @return a source, which the caller closes
     * @throws IllegalArgumentException if a setting is one that no backend knows, or has a value that this backend
     *     cannot use
     * @throws UnavailableException if there is no such backend, or it cannot work here
     * @throws WireGuardException if it cannot be opened for another reason
     */
    public static PeerSource open(String backend, PeerSourceOptions options) throws WireGuardException {
        ProviderLoader loader = ProviderLoader.load(PeerSourceProvider.class.getClassLoader());
        Providers found = Providers.of(loader.providers(), loader.failures(), options);
        found.checkNames(options);
        Backend chosen = found.named(backend);
        chosen.check();
        return chosen.open();
    }

    /**
     * Joins these backends, without ServiceLoader.
     *
     * @param providers the backends, in any order
     * @param options how to open them
     * @return a source, which the caller closes
     * @throws IllegalArgumentException if a setting is one that no backend knows, or has a value that its backend
     *     cannot use
     */
    public static PeerSources of(Collection<? extends PeerSourceProvider> providers, PeerSourceOptions options) {
        return new PeerSources(providers, List.of(), options);
    }

    /**
     * Finds out again which backends can work here, and why the others cannot; takes up to a second for each.
     *
     * @return all backends, greatest priority first, then those that failed to load or are broken
     */
    public List<BackendStatus> backends() {
        List<BackendStatus> all = new ArrayList<>();
        backends.forEach(backend -> all.add(backend.status()));
        all.addAll(failures);
        return Collections.unmodifiableList(all);
    }

    /**
     * Returns the names of all devices of all backends, each once, in the order of the alphabet.
     *
     * @throws UnavailableException if no backend is available; it says of each why not
     * @throws WireGuardException if a backend that is available cannot list its devices
     */
    @Override
    public Set<String> deviceNames() throws WireGuardException {
        checkOpen("listing devices of");
        PassedOver passedOver = new PassedOver(failures);
        Set<String> names = new TreeSet<>();
        boolean listed = false;
        for (Backend backend : backends) {
            try {
                names.addAll(backend.deviceNames());
                listed = true;
            } catch (UnavailableException e) {
                passedOver.add(e);
            }
        }
        if (!listed) {
            throw passedOver.noBackend();
        }
        return Collections.unmodifiableSet(names);
    }

    /** Returns what a backend leaves out and no other has; a backend that cannot list them is passed over. */
    @Override
    public Map<String, String> devicesLeftOut() throws WireGuardException {
        Set<String> names = deviceNames();
        Map<String, String> all = new TreeMap<>();
        for (Backend backend : backends) {
            try {
                backend.devicesLeftOut().forEach((name, reason) -> {
                    if (!names.contains(name)) {
                        all.putIfAbsent(name, reason + " (" + backend.name() + ")");
                    }
                });
            } catch (UnavailableException e) {
                // Listing the others says so.
            }
        }
        return Collections.unmodifiableMap(all);
    }

    @Override
    public Device read(String device, ReadOptions options) throws WireGuardException {
        return route(device, backend -> backend.call(source -> source.read(device, options)));
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        try {
            route(device, backend -> backend.apply(device, change));
        } catch (Backend.StoppedException e) {
            throw e.error();
        }
    }

    @Override
    public DeviceSecrets secrets(String device) throws WireGuardException {
        return route(device, backend -> backend.call(source -> source.secrets(device)));
    }

    @Override
    public Capabilities capabilities(String device) throws WireGuardException {
        return route(device, backend -> backend.call(source -> source.capabilities(device)));
    }

    @Override
    public void close() {
        closed = true;
        RuntimeException broken = null;
        for (Backend backend : backends) {
            try {
                backend.close();
            } catch (RuntimeException e) {
                // A backend that breaks its promise must not keep the others open.
                broken = e;
            }
        }
        if (broken != null) {
            throw broken;
        }
    }

    /** What a backend is asked, and what ends the search besides an error of WireGuard's. */
    private interface Step<T, X extends Exception> {
        T on(Backend backend) throws WireGuardException, X;
    }

    private <T, X extends Exception> T route(String device, Step<T, X> step) throws WireGuardException, X {
        checkOpen("using");
        PassedOver passedOver = new PassedOver(failures);
        for (Backend backend : backends) {
            try {
                return step.on(backend);
            } catch (NoSuchDeviceException e) {
                passedOver.add(e);
            } catch (UnavailableException e) {
                passedOver.add(e);
            }
        }
        throw passedOver.anyLooked() ? passedOver.noSuchDevice(device, devicesFound()) : passedOver.noBackend();
    }

    private String devicesFound() throws CancelledException {
        List<String> found = new ArrayList<>();
        for (Backend backend : backends) {
            try {
                backend.deviceNames().forEach(name -> found.add(name + " (" + backend.name() + ")"));
            } catch (CancelledException e) {
                throw e;
            } catch (WireGuardException e) {
                // The error reports the unavailable ones already.
                if (!(e instanceof UnavailableException)) {
                    found.add("those of " + backend.name() + " cannot be listed");
                }
            }
        }
        return found.isEmpty() ? "none" : String.join(", ", found);
    }

    private void checkOpen(String action) throws CancelledException {
        if (closed) {
            throw new CancelledException(PassedOver.ORIGIN, action, "the source is closed", null);
        }
    }
}
