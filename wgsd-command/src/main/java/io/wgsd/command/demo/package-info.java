/**
 * The story of {@code wgsd demo}, with real WireGuard ({@code LabDemo}, which to read first) or in the simulated net
 * ({@code SimulatedDemo}).
 */
@NullMarked
package io.wgsd.command.demo;

import org.jspecify.annotations.NullMarked;
