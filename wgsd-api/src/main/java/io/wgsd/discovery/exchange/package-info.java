/**
 * The DNS client: asks servers many questions side by side over UDP and TCP. Not exported.
 *
 * <p>{@link io.wgsd.discovery.exchange.Exchange} is the door, {@link io.wgsd.discovery.exchange.Inquiry} what becomes of one
 * question, without sockets. No other room is known here.
 */
@NullMarked
package io.wgsd.discovery.exchange;

import org.jspecify.annotations.NullMarked;
