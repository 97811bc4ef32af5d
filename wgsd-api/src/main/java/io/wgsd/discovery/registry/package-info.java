/**
 * The registries that an agent asks, by address or by name: what they say of each peer, and whether they answer. Not
 * exported.
 *
 * <p>{@link io.wgsd.discovery.registry.Registries} is all of them together.
 */
@NullMarked
package io.wgsd.discovery.registry;

import org.jspecify.annotations.NullMarked;
