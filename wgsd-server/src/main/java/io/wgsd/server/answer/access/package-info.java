/**
 * The clients, what they may have, and what proves who they are.
 *
 * <p>Read {@code AccessPolicy} first: by the address and the way of arrival it makes a {@code Grant}, which chooses
 * among {@code Views}. {@code TsigVerifier}, {@code Cookies} and {@code RateLimiter} are for those of whom the address
 * proves nothing.
 */
@NullMarked
package io.wgsd.server.answer.access;

import org.jspecify.annotations.NullMarked;
