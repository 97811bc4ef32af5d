/** Names that an operator gives peers, shown wherever their keys are; read {@code PeerNames} first. */
@NullMarked
package io.wgsd.command.names;

import org.jspecify.annotations.NullMarked;
