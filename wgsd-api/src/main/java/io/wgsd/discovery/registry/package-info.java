/**
 * The registries that an agent asks: by address or by name, what they say of each peer, and how they fare. Not exported.
 *
 * <p>{@link io.wgsd.discovery.registry.Registries} is what all of them say together.
 */
@NullMarked
package io.wgsd.discovery.registry;

import org.jspecify.annotations.NullMarked;
