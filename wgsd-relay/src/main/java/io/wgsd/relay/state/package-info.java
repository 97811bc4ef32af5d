/** What a relay keeps for its next start, as a value and as text. Stands on {@code session} and {@code forward}. */
@NullMarked
package io.wgsd.relay.state;

import org.jspecify.annotations.NullMarked;
