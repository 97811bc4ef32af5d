package io.wgsd.spi;

import io.wgsd.model.Device;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a device is read. Immutable and thread-safe. */
public final class ReadOptions {

    private static final ReadOptions DEFAULTS = new ReadOptions(null, true);

    private final @Nullable Device previous;
    private final boolean publicKeyWanted;

    private ReadOptions(@Nullable Device previous, boolean publicKeyWanted) {
        this.previous = previous;
        this.publicKeyWanted = publicKeyWanted;
    }

    /**
     * Returns the options that fit most callers.
     *
     * @return options with nothing to reuse
     */
    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with an earlier reading, whose unchanged values a backend may share to save memory and
     * time.
     *
     * <p>The result of reading is equal with and without it.
     *
     * @param earlier what was read before
     * @return new options
     */
    public ReadOptions reusing(Device earlier) {
        return new ReadOptions(Objects.requireNonNull(earlier, "earlier"), publicKeyWanted);
    }

    /**
     * Returns these options with or without the need for the device's own public key, as in {@link Device#publicKey}.
     *
     * <p>A userspace WireGuard reports the private key only. Deriving the public key from it takes most of the time of
     * the first reading of a small device, because Java has to prepare the arithmetic.
     *
     * @param wanted true by default; with false a backend may leave out that key, and nothing else
     * @return new options
     */
    public ReadOptions withPublicKey(boolean wanted) {
        return new ReadOptions(previous, wanted);
    }

    /**
     * Returns whether the device's own public key must be returned where there is one.
     *
     * @return false where the backend may leave it out
     */
    public boolean isPublicKeyWanted() {
        return publicKeyWanted;
    }

    /**
     * Returns the earlier reading.
     *
     * @return a device; empty where nothing can be reused
     */
    public Optional<Device> previous() {
        return Optional.ofNullable(previous);
    }
}
