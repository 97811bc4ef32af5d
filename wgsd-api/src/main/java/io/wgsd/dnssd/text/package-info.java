/**
 * Texts that people and other name servers write: names of zones, key files of zones, files of shared secrets.
 *
 * <p>Read {@link io.wgsd.dnssd.text.ZoneNameRules} first: what a zone may be called.
 */
@NullMarked
package io.wgsd.dnssd.text;

import org.jspecify.annotations.NullMarked;
