/**
 * Where packets would go: which endpoints are refused, how registries are reached, and what has changed in the host's
 * network. Not exported.
 *
 * <p>{@link io.wgsd.discovery.route.EndpointRules} refuses, {@link io.wgsd.discovery.route.SystemRoutes} asks the
 * system.
 */
@NullMarked
package io.wgsd.discovery.route;

import org.jspecify.annotations.NullMarked;
