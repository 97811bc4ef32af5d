/** Room of {@code io.wgsd.testkit.net}: how a simulated registry is asked; read {@link SimulatedLookup} first. */
@NullMarked
package io.wgsd.testkit.net.registry;

import org.jspecify.annotations.NullMarked;
