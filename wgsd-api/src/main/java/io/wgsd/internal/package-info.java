/**
 * What several modules need and no user should see: exported to those modules alone.
 *
 * <p>Beneath everything, it knows nothing else of wgsd: threads and their end, waits after failures, base32 of keys,
 * one-line texts and how many of them pass, words that are alike. In {@code file}, files are written and read safely;
 * {@code tls} has packets in TLS.
 */
@NullMarked
package io.wgsd.internal;

import org.jspecify.annotations.NullMarked;
