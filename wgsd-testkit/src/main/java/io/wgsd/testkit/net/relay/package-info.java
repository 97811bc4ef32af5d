/** Room of {@code io.wgsd.testkit.net}: what a relay does with each message; read {@link RelayProtocol} first. */
@NullMarked
package io.wgsd.testkit.net.relay;

import org.jspecify.annotations.NullMarked;
