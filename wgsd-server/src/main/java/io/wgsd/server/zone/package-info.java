/** From readings of the device to the zone, its history, and the zone as each class of viewers sees it. */
@NullMarked
package io.wgsd.server.zone;

import org.jspecify.annotations.NullMarked;
