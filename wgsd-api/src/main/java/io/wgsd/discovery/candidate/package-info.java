/**
 * Room of {@code io.wgsd.discovery}: where else this host can be reached, and how it registers that. {@link
 * io.wgsd.discovery.candidate.OwnCandidates} collects it, {@link io.wgsd.discovery.candidate.Registration} is the message
 * to a registry, and {@link io.wgsd.discovery.candidate.RegistrationCall} sends it.
 */
@NullMarked
package io.wgsd.discovery.candidate;

import org.jspecify.annotations.NullMarked;
