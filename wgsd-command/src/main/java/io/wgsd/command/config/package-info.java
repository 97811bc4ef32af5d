/** The configuration file, read as the command line that says the same; read {@code ConfigFile} first. */
@NullMarked
package io.wgsd.command.config;

import org.jspecify.annotations.NullMarked;
