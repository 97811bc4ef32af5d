/**
 * The options of the commands, and the configuration file with the same settings: read, checked, and turned into what
 * the library takes. Read {@code OptionSpecs} first, then {@code RegistryOptions}.
 */
@NullMarked
package io.wgsd.command.options;

import org.jspecify.annotations.NullMarked;
