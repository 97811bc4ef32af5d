/** Who asks, what they may have, and what shows who they are. */
@NullMarked
package io.wgsd.server.answer.access;

import org.jspecify.annotations.NullMarked;
