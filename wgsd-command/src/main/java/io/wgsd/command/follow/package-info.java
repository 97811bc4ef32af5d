/**
 * Zones of other servers, followed as a secondary follows them. It knows nothing of the other rooms. Read {@code
 * ZoneFollower} first.
 */
@NullMarked
package io.wgsd.command.follow;

import org.jspecify.annotations.NullMarked;
