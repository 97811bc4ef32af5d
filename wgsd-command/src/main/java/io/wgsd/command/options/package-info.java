/**
 * The options of the commands, and the configuration file that says the same: read, checked, and turned into what the
 * library takes. Read {@code Options} first, then {@code RegistrySettings}.
 */
@NullMarked
package io.wgsd.command.options;

import org.jspecify.annotations.NullMarked;
