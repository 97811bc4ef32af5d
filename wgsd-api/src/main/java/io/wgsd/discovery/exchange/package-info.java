/**
 * The DNS client: asks servers many questions side by side over UDP and TCP. Not exported.
 *
 * <p>{@link io.wgsd.discovery.exchange.Exchange} is where to begin; {@link io.wgsd.discovery.exchange.Inquiry} decides
 * what to do about one question, without sockets. No other room is known here.
 */
@NullMarked
package io.wgsd.discovery.exchange;

import org.jspecify.annotations.NullMarked;
