/**
 * What {@code wgsd netcheck} looks at: what kind of network this host is in, as far as it can be seen without changing
 * anything. Each check makes one {@code Fact}. Read {@code NetworkChecks} first.
 */
@NullMarked
package io.wgsd.command.netcheck;

import org.jspecify.annotations.NullMarked;
