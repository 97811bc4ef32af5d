/**
 * The log of the commands that stay: all lines pass through {@code ErrorStream}, those of the library too. It knows
 * nothing of the other rooms. Read {@code Log} first.
 */
@NullMarked
package io.wgsd.command.log;

import org.jspecify.annotations.NullMarked;
