/**
 * Who the members are and from where they were heard last, in tables that are read without a lock. Stands on
 * {@code wire} and {@code limit}.
 *
 * <p>Read {@link io.wgsd.relay.roster.Roster} first.
 */
@NullMarked
package io.wgsd.relay.roster;

import org.jspecify.annotations.NullMarked;
