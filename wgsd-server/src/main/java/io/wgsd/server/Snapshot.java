package io.wgsd.server;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.answer.AccessPolicy;

/**
 * All that an answer depends on, replaced as a whole.
 *
 * @param zone what is served
 * @param policy to whom
 */
record Snapshot(Zone zone, AccessPolicy policy) {}
