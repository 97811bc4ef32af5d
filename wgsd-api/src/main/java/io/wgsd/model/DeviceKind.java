package io.wgsd.model;

/** Where a device's WireGuard runs. No more kinds will be added. */
public enum DeviceKind {
    /** In the operating system's kernel. */
    KERNEL,
    /** In a process of its own, such as wireguard-go. */
    USERSPACE
}
