package io.wgsd.spi.select;

import io.wgsd.spi.Availability;
import io.wgsd.spi.BackendStatus;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSourceProvider;
import io.wgsd.spi.UnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The backends that were found, and why others cannot be used.
 *
 * @param backends those that can be asked, greatest priority first
 * @param failures those that failed to load, or fail to give their names
 */
public record Providers(List<Backend> backends, List<BackendStatus> failures) {

    public static Providers of(
            Collection<? extends @Nullable PeerSourceProvider> providers,
            List<BackendStatus> failedToLoad,
            PeerSourceOptions options) {
        Objects.requireNonNull(options, "options");
        List<Backend> backends = new ArrayList<>();
        List<BackendStatus> failures = new ArrayList<>(failedToLoad);
        for (PeerSourceProvider provider : providers) {
            try {
                backends.add(Backend.of(provider, options));
            } catch (Backend.Unusable e) {
                failures.add(e.status());
            }
        }
        backends.sort(Comparator.comparingInt(Backend::priority).reversed());
        return new Providers(List.copyOf(backends), List.copyOf(failures));
    }

    /** Refuses settings that no backend knows, or that their backends cannot use. */
    public void check(PeerSourceOptions options) {
        checkNames(options);
        backends.forEach(Backend::check);
    }

    /** Refuses settings that no backend knows. */
    public void checkNames(PeerSourceOptions options) {
        Set<String> known = new TreeSet<>();
        backends.forEach(backend -> known.addAll(backend.settings()));
        // A setting of one that failed to load is no mistake, and its own error says more.
        SettingNames.refuseUnknown(
                options.settingNames(), known, failures.isEmpty() ? name -> true : this::isOfABackend);
    }

    public Backend named(String name) throws UnavailableException {
        Optional<Backend> found =
                backends.stream().filter(backend -> backend.name().equals(name)).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        StringBuilder reason = new StringBuilder("no backend of that name is on the class path or module path");
        failures.forEach(failure ->
                reason.append("; ").append(failure.name()).append(": ").append(failure.availability()));
        List<String> names = backends.stream().map(Backend::name).toList();
        throw new UnavailableException(
                ErrorOrigin.of(name),
                Availability.unavailable(
                        reason.toString(),
                        names.isEmpty() ? ProviderLoader.ADD_A_JAR : "use one of: " + String.join(", ", names)),
                null);
    }

    private boolean isOfABackend(String setting) {
        return backends.stream().anyMatch(backend -> SettingNames.isOf(backend.name(), setting));
    }
}
