/** From a request to its response: pure functions of a zone and of what its asker may see. */
@NullMarked
package io.wgsd.server.answer;

import org.jspecify.annotations.NullMarked;
