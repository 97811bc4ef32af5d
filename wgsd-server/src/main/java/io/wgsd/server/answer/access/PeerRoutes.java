package io.wgsd.server.answer.access;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;

/** Which addresses belong to which peer, found again only if that may have changed. Not thread-safe. */
public final class PeerRoutes {

    private CryptokeyRouting routing = CryptokeyRouting.none();

    public CryptokeyRouting current() {
        return routing;
    }

    /**
     * Takes a reading.
     *
     * @param device the device as it is now
     * @param difference what is another than with the reading before
     * @param anew whether more may have changed than the difference says
     */
    public void follow(Device device, DeviceDifference difference, boolean anew) {
        if (anew || concerns(difference)) {
            routing = CryptokeyRouting.of(device);
        }
    }

    private static boolean concerns(DeviceDifference difference) {
        return !difference.added().isEmpty()
                || !difference.removed().isEmpty()
                || difference.changed().stream()
                        .anyMatch(peer -> !peer.previous()
                                .allowedIps()
                                .equals(peer.current().allowedIps()));
    }
}
