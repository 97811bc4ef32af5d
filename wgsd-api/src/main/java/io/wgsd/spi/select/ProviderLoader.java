package io.wgsd.spi.select;

import io.wgsd.spi.Availability;
import io.wgsd.spi.BackendStatus;
import io.wgsd.spi.PeerSourceProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the providers that this runtime has, and reports why others do not load. */
public final class ProviderLoader {

    public static final String ADD_A_JAR = "add the jar of one, such as wgsd-backend-uapi";

    private static final int TOO_MANY_FAILURES = 100;

    private final List<PeerSourceProvider> providers = new ArrayList<>();
    private final List<BackendStatus> failures = new ArrayList<>();

    private ProviderLoader() {}

    /** Loads with a certain class loader, so that the caller's thread does not decide what is found. */
    public static ProviderLoader load(ClassLoader classes) {
        return load(
                ServiceLoader.load(PeerSourceProvider.class, classes).stream().iterator());
    }

    public static ProviderLoader load(Iterator<ServiceLoader.Provider<PeerSourceProvider>> found) {
        ProviderLoader loader = new ProviderLoader();
        // Some iterators fail again and again on the same broken entry.
        boolean more = true;
        while (more && loader.failures.size() < TOO_MANY_FAILURES) {
            more = loader.loadNext(found);
        }
        return loader;
    }

    public List<PeerSourceProvider> providers() {
        return providers;
    }

    public List<BackendStatus> failures() {
        return failures;
    }

    private boolean loadNext(Iterator<ServiceLoader.Provider<PeerSourceProvider>> found) {
        ServiceLoader.Provider<PeerSourceProvider> next;
        try {
            if (!found.hasNext()) {
                return false;
            }
            next = found.next();
        } catch (ServiceConfigurationError | LinkageError e) {
            failed("a provider that cannot be found", e);
            return true;
        }
        try {
            providers.add(next.get());
        } catch (ServiceConfigurationError | LinkageError e) {
            failed(next.type().getName(), e);
        }
        return true;
    }

    private void failed(String name, Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        failures.add(new BackendStatus(
                name,
                Integer.MIN_VALUE,
                Availability.unavailable(
                        "it failed to load: " + cause,
                        "replace or remove its jar, and see that its dependencies are there")));
    }
}
