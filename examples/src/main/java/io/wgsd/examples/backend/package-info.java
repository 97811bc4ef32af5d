/**
 * A whole backend as an example: WireGuard on an appliance that is reached by HTTP. {@code docs/writing-a-backend.md}
 * tells what each part is for.
 */
@NullMarked
package io.wgsd.examples.backend;

import org.jspecify.annotations.NullMarked;
