/**
 * The connection on which a registry tells of changes by itself (RFC 8765). Not exported.
 *
 * <p>{@link io.wgsd.discovery.push.PushClient} keeps it, {@link io.wgsd.discovery.push.PushDialogue} is what is said on it, without
 * sockets.
 */
@NullMarked
package io.wgsd.discovery.push;

import org.jspecify.annotations.NullMarked;
