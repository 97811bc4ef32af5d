/**
 * WireGuard's cross-platform userspace protocol as values and back: what a device answers, and what it is asked to
 * change.
 *
 * <p>Knows no socket. Read {@link io.wgsd.backend.uapi.codec.UapiKey} first, then {@link
 * io.wgsd.backend.uapi.codec.DeviceDecoder} for answers and {@link io.wgsd.backend.uapi.codec.ChangeEncoder} for
 * requests.
 */
@NullMarked
package io.wgsd.backend.uapi.codec;

import org.jspecify.annotations.NullMarked;
