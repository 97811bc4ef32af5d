/** The DNS-SD form of a device: names, record builders and parsers, zones and their differences. */
@NullMarked
package io.wgsd.dnssd;

import org.jspecify.annotations.NullMarked;
