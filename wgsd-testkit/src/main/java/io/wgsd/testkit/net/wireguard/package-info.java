/** Room of {@code io.wgsd.testkit.net}: the protocol of one device and its peers; read {@link WireGuardPeer} first. */
@NullMarked
package io.wgsd.testkit.net.wireguard;

import org.jspecify.annotations.NullMarked;
