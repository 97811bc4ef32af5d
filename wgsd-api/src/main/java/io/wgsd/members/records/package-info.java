/**
 * What is in the records of the members' zone.
 *
 * <p>A room of {@code io.wgsd.members}.
 */
@NullMarked
package io.wgsd.members.records;

import org.jspecify.annotations.NullMarked;
