package io.wgsd.model;

/** Where a device's WireGuard runs. */
public enum DeviceKind {
    /** In the operating system's kernel. */
    KERNEL,
    /** In a process of its own, such as wireguard-go. */
    USERSPACE
}
