/** What is kept for the next start, as text. */
@NullMarked
package io.wgsd.portmap.state;

import org.jspecify.annotations.NullMarked;
