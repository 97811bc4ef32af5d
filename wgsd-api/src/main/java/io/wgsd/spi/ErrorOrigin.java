package io.wgsd.spi;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where an error comes from: a backend, and where they are known, a device and the system's error number. Immutable and
 * thread-safe.
 */
public final class ErrorOrigin implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int UNKNOWN = 0;

    private final String backend;
    private final @Nullable String device;
    private final int errno;

    private ErrorOrigin(String backend, @Nullable String device, int errno) {
        this.backend = Objects.requireNonNull(backend, "backend");
        this.device = device;
        this.errno = errno;
    }

    /**
     * Returns the origin of an error that concerns no device.
     *
     * @param backend the backend's name
     * @return the origin
     */
    public static ErrorOrigin of(String backend) {
        return new ErrorOrigin(backend, null, UNKNOWN);
    }

    /**
     * Returns this origin with the device that the error concerns.
     *
     * @param name the device's name
     * @return a new origin
     */
    public ErrorOrigin device(String name) {
        return new ErrorOrigin(backend, Objects.requireNonNull(name, "name"), errno);
    }

    /**
     * Returns this origin with the system's error number.
     *
     * @param number as in errno(3), of either sign; 0 is none
     * @return a new origin
     */
    public ErrorOrigin errno(int number) {
        return new ErrorOrigin(backend, device, Math.abs(number));
    }

    /**
     * Returns the backend's name.
     *
     * @return as in "netlink"
     */
    public String backend() {
        return backend;
    }

    /**
     * Returns the device that the error concerns.
     *
     * @return its name; empty where it concerns none
     */
    public Optional<String> device() {
        return Optional.ofNullable(device);
    }

    /**
     * Returns the system's error number.
     *
     * @return as in errno(3), positive; empty where there is none
     */
    public OptionalInt errno() {
        return errno == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(errno);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ErrorOrigin that
                && backend.equals(that.backend)
                && Objects.equals(device, that.device)
                && errno == that.errno;
    }

    @Override
    public int hashCode() {
        return Objects.hash(backend, device, errno);
    }

    /** Returns the device and the backend, as in {@code device "wg0" by netlink}. */
    @Override
    public String toString() {
        return device == null ? backend : "device \"" + device + "\" by " + backend;
    }
}
