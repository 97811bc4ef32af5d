/**
 * The connection on which a registry pushes changes (RFC 8765). Not exported.
 *
 * <p>{@link io.wgsd.discovery.push.PushClient} keeps it, {@link io.wgsd.discovery.push.PushDialogue} makes and reads
 * its messages, without sockets.
 */
@NullMarked
package io.wgsd.discovery.push;

import org.jspecify.annotations.NullMarked;
