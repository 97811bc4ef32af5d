package io.wgsd.backend.netlink;

import io.wgsd.model.Device;
import io.wgsd.model.FormatException;

/** Which names of interfaces this library can speak of. */
final class Names {

    private Names() {}

    /** The kernel allows some more characters in names than {@link Device#checkName} does. */
    static boolean canBeRead(String name) {
        try {
            Device.checkName(name);
            return true;
        } catch (FormatException e) {
            return false;
        }
    }
}
