package io.wgsd.spi;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All backends that this runtime has, as one source: each call goes to the backend that has the device just then.
 *
 * <p>The backends are asked in the order of their priority. Only "no such device" and "unavailable" lead on to the next
 * one; every other error is the answer. A device that goes away and comes back under another backend is found there, and
 * a backend that becomes available is used from then on. Thread-safe.
 */
public final class PeerSources implements PeerSource {

    private static final ErrorOrigin ORIGIN = ErrorOrigin.of("any backend");

    private final List<Backend> backends;
    private final List<BackendStatus> failures;

    private PeerSources(
            Collection<? extends PeerSourceProvider> providers,
            List<BackendStatus> failures,
            PeerSourceOptions options) {
        backends = providers.stream()
                .sorted(Comparator.comparingInt(PeerSourceProvider::priority).reversed())
                .map(provider -> new Backend(provider, options))
                .toList();
        this.failures = List.copyOf(failures);
    }

    /**
     * Opens all backends that ServiceLoader finds with the class loader of this interface.
     *
     * @param options how to open them
     * @return a source, which the caller closes; it is there even where no backend is available
     */
    public static PeerSources open(PeerSourceOptions options) {
        ProviderLoader loader = ProviderLoader.load();
        return new PeerSources(loader.providers(), loader.failures(), options);
    }

    /**
     * Opens the one backend that has a name.
     *
     * @param backend the backend's name, as in "netlink"
     * @param options how to open it
     * @return a source, which the caller closes
     * @throws UnavailableException if there is no such backend, or it cannot work here
     * @throws WireGuardException if it cannot be opened for another reason
     */
    public static PeerSource open(String backend, PeerSourceOptions options) throws WireGuardException {
        ProviderLoader loader = ProviderLoader.load();
        List<String> names = new ArrayList<>();
        for (PeerSourceProvider provider : loader.providers()) {
            if (provider.name().equals(backend)) {
                return provider.open(options);
            }
            names.add(provider.name());
        }
        throw new UnavailableException(
                ErrorOrigin.of(backend),
                Availability.unavailable(
                        "no backend of that name is on the class path or module path",
                        names.isEmpty()
                                ? "add the jar of one, such as wgsd-backend-uapi"
                                : "use one of: " + String.join(", ", names)),
                null);
    }

    /**
     * Joins these backends, without ServiceLoader.
     *
     * @param providers the backends, in any order
     * @param options how to open them
     * @return a source, which the caller closes
     */
    public static PeerSources of(Collection<? extends PeerSourceProvider> providers, PeerSourceOptions options) {
        return new PeerSources(providers, List.of(), options);
    }

    /**
     * Finds out anew which backends can work here, and why the others cannot; takes up to a second for each.
     *
     * @return all backends, greatest priority first, then those that failed to load
     */
    public List<BackendStatus> backends() {
        List<BackendStatus> all = new ArrayList<>();
        backends.forEach(backend -> all.add(backend.status()));
        all.addAll(failures);
        return Collections.unmodifiableList(all);
    }

    /**
     * Returns the names of all devices of all backends, each once.
     *
     * @throws UnavailableException if no backend is available; it says of each why not
     * @throws WireGuardException if a backend that is available cannot list its devices
     */
    @Override
    public Set<String> deviceNames() throws WireGuardException {
        Set<String> names = new TreeSet<>();
        boolean asked = false;
        UnavailableException unavailable = null;
        for (Backend backend : backends) {
            try {
                PeerSource source = backend.source().orElse(null);
                if (source != null) {
                    names.addAll(source.deviceNames());
                    asked = true;
                }
            } catch (UnavailableException e) {
                unavailable = e;
            }
        }
        if (!asked) {
            throw unavailable == null ? noBackend() : unavailable;
        }
        return Collections.unmodifiableSet(names);
    }

    @Override
    public Device read(String device, ReadOptions options) throws WireGuardException {
        return route(device, source -> source.read(device, options));
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        route(device, source -> {
            source.apply(device, change);
            return true;
        });
    }

    @Override
    public DeviceSecrets secrets(String device) throws WireGuardException {
        return route(device, source -> source.secrets(device));
    }

    @Override
    public Capabilities capabilities(String device) throws WireGuardException {
        return route(device, source -> source.capabilities(device));
    }

    @Override
    public void close() {
        backends.forEach(Backend::close);
    }

    private interface Call<T> {
        T on(PeerSource source) throws WireGuardException;
    }

    private <T> T route(String device, Call<T> call) throws WireGuardException {
        List<String> reasons = new ArrayList<>();
        UnavailableException unavailable = null;
        for (Backend backend : backends) {
            try {
                PeerSource source = backend.source().orElse(null);
                if (source != null) {
                    return call.on(source);
                }
            } catch (NoSuchDeviceException e) {
                reasons.add(e.reason());
            } catch (UnavailableException e) {
                unavailable = e;
            }
        }
        if (reasons.isEmpty()) {
            throw unavailable == null ? noBackend() : unavailable;
        }
        throw new NoSuchDeviceException(
                ORIGIN.device(device), String.join(" and ", reasons) + "; devices found: " + devicesFound());
    }

    private String devicesFound() {
        List<String> found = new ArrayList<>();
        for (Backend backend : backends) {
            try {
                PeerSource source = backend.source().orElse(null);
                if (source != null) {
                    source.deviceNames().forEach(name -> found.add(name + " (" + backend.name() + ")"));
                }
            } catch (WireGuardException e) {
                found.add("those of " + backend.name() + " cannot be listed");
            }
        }
        return found.isEmpty() ? "none" : String.join(", ", found);
    }

    private UnavailableException noBackend() {
        List<BackendStatus> all = backends();
        String reasons = all.stream()
                .map(status -> status.name() + ": " + status.availability())
                .collect(Collectors.joining("; "));
        return new UnavailableException(
                ORIGIN,
                all.isEmpty()
                        ? Availability.unavailable(
                                "none is on the class path or module path",
                                "add the jar of one, such as wgsd-backend-uapi")
                        : Availability.unavailable(reasons, ""),
                null);
    }
}
