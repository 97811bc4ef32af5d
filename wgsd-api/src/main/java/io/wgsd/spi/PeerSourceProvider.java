package io.wgsd.spi;

import io.wgsd.spi.select.SettingNames;
import java.util.Set;

/**
 * A backend as {@link java.util.ServiceLoader} finds it.
 *
 * <p>An implementation is public, has a public constructor without arguments that does no work, and is named both in
 * its module's {@code provides} and in {@code META-INF/services}. Its methods are safe for concurrent use.
 */
public interface PeerSourceProvider {

    /**
     * Returns the backend's name, which users type.
     *
     * @return a short word in lower case, as in "netlink"
     */
    String name();

    /**
     * Returns the backend's place in line: of several that have a device of the same name, the one with the greatest
     * priority is asked.
     *
     * @return 300 for uapi, 200 for netlink, 100 for cli, which is the order of {@code wg}
     */
    int priority();

    /**
     * Finds out whether the backend can work here, without side effects and within a second.
     *
     * @return whether it can, or why not; this never throws for what is merely missing, native access included
     */
    Availability probe();

    /**
     * Returns the names of the backend's settings, so that any other that begins with the backend's name is refused.
     *
     * @return the names, as in "uapi.directory"; by default "NAME.*", which means all that begin with NAME and a dot
     */
    default Set<String> settings() {
        return Set.of(SettingNames.allOf(name()));
    }

    /**
     * Refuses options that the backend cannot use, without a look at the system, so that a wrong one is refused where
     * it is made.
     *
     * <p>By default only settings are refused that begin with the backend's name and are not among {@link #settings()}.
     *
     * @param options how the backend is going to be opened
     * @throws IllegalArgumentException if a setting of this backend is unknown or has a value that it cannot use; it
     *     says which, and what would be right
     */
    default void check(PeerSourceOptions options) {
        options.refuseUnknown(name(), settings());
    }

    /**
     * Opens the backend. It may succeed where {@link #probe()} says unavailable, since the world may have changed.
     *
     * @param options how to open it
     * @return a source, which the caller closes
     * @throws IllegalArgumentException if a setting of this backend has a value that it cannot use
     * @throws UnavailableException if the backend cannot work here
     * @throws WireGuardException if it cannot be opened for another reason
     */
    PeerSource open(PeerSourceOptions options) throws WireGuardException;
}
