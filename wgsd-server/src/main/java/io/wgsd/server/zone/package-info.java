/**
 * From readings of the device to the zone, its history, and the zone as each class of viewers sees it.
 *
 * <p>The lowest room except those that decide which client may see what. Read {@code ZoneKeeper} first: it uses {@code
 * HandshakeAges} and {@code FlapDamping}, and makes a {@code ZoneVersion}. {@code ViewKeeper} makes views of that.
 */
@NullMarked
package io.wgsd.server.zone;

import org.jspecify.annotations.NullMarked;
