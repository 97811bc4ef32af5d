/**
 * UPnP's Internet Gateway Device: its messages as pure functions, and a client. What is read of a router is bounded in
 * size, and leads nowhere but to that router.
 */
@NullMarked
package io.wgsd.portmap.upnp;

import org.jspecify.annotations.NullMarked;
