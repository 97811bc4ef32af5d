/** The {@code wgsd} command, built from the public API alone. */
@NullMarked
package io.wgsd.examples.command;

import org.jspecify.annotations.NullMarked;
