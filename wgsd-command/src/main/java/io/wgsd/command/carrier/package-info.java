/** Where an agent's packets go over TLS while no UDP gets through. It knows {@code options}. */
@NullMarked
package io.wgsd.command.carrier;

import org.jspecify.annotations.NullMarked;
