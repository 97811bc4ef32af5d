/**
 * The options of the commands: read, checked, and turned into what
 * the library takes. Read {@code OptionSpecs} first, then {@code RegistryOptions}.
 */
@NullMarked
package io.wgsd.command.options;

import org.jspecify.annotations.NullMarked;
