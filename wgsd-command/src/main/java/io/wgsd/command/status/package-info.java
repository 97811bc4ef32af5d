/**
 * What {@code wgsd status} shows: each running agent, registry and relay answers at its socket, as JSON or as text that
 * fits the terminal of the person who asks. Read {@code StatusQuery} first, then {@code AgentPage}.
 */
@NullMarked
package io.wgsd.command.status;

import org.jspecify.annotations.NullMarked;
