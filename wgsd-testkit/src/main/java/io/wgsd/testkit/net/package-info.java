/** Simulated peers, NATs, loss and virtual time. */
@NullMarked
package io.wgsd.testkit.net;

import org.jspecify.annotations.NullMarked;
