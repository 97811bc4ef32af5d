/** What all protocols have in common: what a router is asked for, and what comes of it. */
@NullMarked
package io.wgsd.portmap.protocol;

import org.jspecify.annotations.NullMarked;
