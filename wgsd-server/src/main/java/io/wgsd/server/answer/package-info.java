/**
 * From a request to its response: pure functions of a zone and of what its client may see.
 *
 * <p>Read {@code Responder} first. Beneath it:
 *
 * <ul>
 *   <li>{@code access}: the clients, what they may have, and what proves who they are; {@code AccessPolicy}
 *   <li>{@code wire}: the wire format of DNS; {@code WireFormat} has its numbers
 *   <li>{@code quick}: the usual answers, ready to be copied; {@code QuickResponder}
 * </ul>
 */
@NullMarked
package io.wgsd.server.answer;

import org.jspecify.annotations.NullMarked;
