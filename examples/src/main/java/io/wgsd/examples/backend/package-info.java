/**
 * A whole backend as an example: WireGuard on an appliance that is reached over HTTP. {@code docs/writing-a-backend.md}
 * explains each part.
 */
@NullMarked
package io.wgsd.examples.backend;

import org.jspecify.annotations.NullMarked;
