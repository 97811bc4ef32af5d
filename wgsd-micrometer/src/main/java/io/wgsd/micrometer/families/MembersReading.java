package io.wgsd.micrometer.families;

import io.wgsd.members.VerifiedNetwork;
import java.util.Optional;

/**
 * The list of a network's members as an agent has it at one moment.
 *
 * @param network the list that is in use; empty where there is none yet
 * @param refused how many members and prefixes this host does not take
 * @param problems how many things keep the list from being current
 */
public record MembersReading(Optional<VerifiedNetwork> network, int refused, int problems) {}
