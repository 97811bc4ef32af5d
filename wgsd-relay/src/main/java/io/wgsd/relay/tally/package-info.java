/** What has become of packets, counted. Knows nothing else of the relay. */
@NullMarked
package io.wgsd.relay.tally;

import org.jspecify.annotations.NullMarked;
