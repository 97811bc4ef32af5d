/**
 * Ed25519 that is faster than the JDK's. It knows nothing of the other rooms. Read {@code Ed25519Provider} first.
 */
@NullMarked
package io.wgsd.command.crypto;

import org.jspecify.annotations.NullMarked;
