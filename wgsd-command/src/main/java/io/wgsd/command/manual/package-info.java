/** Man pages, and completion for shells, written from what the command line is. */
@NullMarked
package io.wgsd.command.manual;

import org.jspecify.annotations.NullMarked;
