package io.wgsd.relay.forward;

import io.wgsd.model.PublicKey;

/**
 * A route that outlives the relay's process: without it, sessions between members would stand still behind a restart
 * until WireGuard begins new ones, which takes it fifteen seconds. Immutable and thread-safe.
 *
 * @param from the member that sends
 * @param index the receiver's index
 * @param to where it goes
 * @param expires until when, in seconds since 1970
 */
public record KeptRoute(PublicKey from, int index, PublicKey to, long expires) {}
