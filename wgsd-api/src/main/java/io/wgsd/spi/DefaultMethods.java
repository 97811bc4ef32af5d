package io.wgsd.spi;

/** What the default methods of {@link PeerSource} share. */
final class DefaultMethods {

    private DefaultMethods() {}

    /** Returns the origin of errors about a device that a source has; fails as reading would where it has none. */
    static ErrorOrigin find(String device, PeerSource source) throws WireGuardException {
        ErrorOrigin origin = ErrorOrigin.of(source.getClass().getName()).device(device);
        // Otherwise PeerSources would take the answer, though the device is another backend's.
        if (!source.deviceNames().contains(device)) {
            throw new NoSuchDeviceException(origin, "it is not among the devices of " + origin.backend());
        }
        return origin;
    }
}
