/**
 * Relays that run here, at a registry or elsewhere, and what registries and relays tell each other. It knows {@code
 * follow}, {@code options} and {@code output}. Read {@code RelayService} first.
 */
@NullMarked
package io.wgsd.command.relay;

import org.jspecify.annotations.NullMarked;
