/**
 * The usual answers in wire form, made when the zone changes and copied when a question comes.
 *
 * <p>Read {@code QuickResponder} first, which asks {@code QuickAnswers}. What they answer is what {@code Responder}
 * would answer, to the byte; they leave all else to it.
 */
@NullMarked
package io.wgsd.server.answer.quick;

import org.jspecify.annotations.NullMarked;
