/** The usual answers in wire form, made when the zone changes and copied when a question comes. */
@NullMarked
package io.wgsd.server.answer.quick;

import org.jspecify.annotations.NullMarked;
