/**
 * What is in a zone's records, and how they are sorted into RRsets: the parts of which {@code Zone} is made.
 *
 * <p>Read {@link io.wgsd.dnssd.records.TxtCodec} first, the key/value pairs of a peer's TXT, then {@link
 * io.wgsd.dnssd.records.ZonePeers}, which makes a peer's records when they are asked for.
 */
@NullMarked
package io.wgsd.dnssd.records;

import org.jspecify.annotations.NullMarked;
