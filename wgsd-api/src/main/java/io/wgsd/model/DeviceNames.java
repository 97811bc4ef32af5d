package io.wgsd.model;

/** What may be the name of a network interface, so that a name is safe in a path and on a command line. */
final class DeviceNames {

    private static final int MAX_LENGTH = 15;

    private DeviceNames() {}

    /**
     * Follows the kernel's dev_valid_name (net/core/dev.c), and is narrower: printable ASCII without the characters
     * that mean something in addresses and paths.
     */
    static boolean isInterfaceName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && !text.equals(".")
                && !text.equals("..")
                && text.charAt(0) != '-'
                && text.chars().allMatch(c -> c > ' ' && c < 127 && "/:%[]\\\"'".indexOf(c) < 0);
    }
}
