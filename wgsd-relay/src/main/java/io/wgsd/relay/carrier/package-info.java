/**
 * Members whose networks let no UDP through: their packets come over TLS, and go on by UDP on this host. Begin with
 * {@code CarrierLoop}.
 */
@NullMarked
package io.wgsd.relay.carrier;

import org.jspecify.annotations.NullMarked;
