/**
 * The agent's loop: it reads the device, decides what to do, and does it. Not exported.
 *
 * <p>{@link io.wgsd.discovery.agent.AgentLoop} takes the steps, {@link io.wgsd.discovery.agent.AgentRunner} is its
 * thread, and {@link io.wgsd.discovery.agent.ScheduledRun} runs it without a thread of its own. {@code
 * DeviceLedger} notes what must be undone after a crash.
 */
@NullMarked
package io.wgsd.discovery.agent;

import org.jspecify.annotations.NullMarked;
