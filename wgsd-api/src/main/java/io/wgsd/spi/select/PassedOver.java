package io.wgsd.spi.select;

import io.wgsd.spi.Availability;
import io.wgsd.spi.BackendStatus;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why the backends that did not answer one call were passed over, and what to throw where none is left. */
public final class PassedOver {

    public static final ErrorOrigin ORIGIN = ErrorOrigin.of("any backend");

    private final List<NoSuchDeviceException> withoutDevice = new ArrayList<>();
    private final List<UnavailableException> unavailable = new ArrayList<>();
    private final List<BackendStatus> failedToLoad;

    public PassedOver(List<BackendStatus> failedToLoad) {
        this.failedToLoad = failedToLoad;
    }

    public void add(NoSuchDeviceException e) {
        withoutDevice.add(e);
    }

    public void add(UnavailableException e) {
        unavailable.add(e);
    }

    /** Whether at least one backend could look for the device. */
    public boolean anyLooked() {
        return !withoutDevice.isEmpty();
    }

    public NoSuchDeviceException noSuchDevice(String device, String devicesFound) {
        String looked =
                withoutDevice.stream().map(NoSuchDeviceException::reason).collect(Collectors.joining(" and "));
        String reason = Stream.concat(Stream.of(looked), unavailableBackends(" is unavailable: "))
                .collect(Collectors.joining("; "));
        NoSuchDeviceException none =
                new NoSuchDeviceException(ORIGIN.device(device), reason + "; devices found: " + devicesFound);
        withoutDevice.forEach(none::addSuppressed);
        unavailable.forEach(none::addSuppressed);
        return none;
    }

    public UnavailableException noBackend() {
        List<String> reasons = unavailableBackends(": ").toList();
        UnavailableException none = UnavailableException.ofAll(
                ORIGIN,
                reasons.isEmpty()
                        ? Availability.unavailable("none is on the class path or module path", ProviderLoader.ADD_A_JAR)
                        : Availability.unavailable(String.join("; ", reasons), ""));
        unavailable.forEach(none::addSuppressed);
        return none;
    }

    private Stream<String> unavailableBackends(String is) {
        return Stream.concat(
                unavailable.stream().map(e -> e.backend() + is + e.finding()),
                failedToLoad.stream().map(status -> status.name() + is + status.availability()));
    }
}
