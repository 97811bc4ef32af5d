/**
 * What the commands print: values as text and as JSON, and what happens to an agent or a registry, line by line. Read
 * {@code AgentReporter} first.
 */
@NullMarked
package io.wgsd.command.output;

import org.jspecify.annotations.NullMarked;
