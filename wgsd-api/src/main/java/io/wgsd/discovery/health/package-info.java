/** How an agent and its registries are, noted beside the loop that uses them; read {@code HealthKeeper} first. */
@NullMarked
package io.wgsd.discovery.health;

import org.jspecify.annotations.NullMarked;
