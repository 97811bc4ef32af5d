/**
 * Looking peers up, browsing, and one pass over a device. Not exported.
 *
 * <p>{@link io.wgsd.discovery.lookup.Lookups} is what a client does, {@link io.wgsd.discovery.lookup.ServiceLookup} how
 * one peer is asked for, and {@link io.wgsd.discovery.lookup.Pass} a pass.
 */
@NullMarked
package io.wgsd.discovery.lookup;

import org.jspecify.annotations.NullMarked;
