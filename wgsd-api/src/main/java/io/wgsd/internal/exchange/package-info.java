/** Asks DNS servers many questions side by side over UDP and TCP: this package is not exported. */
@NullMarked
package io.wgsd.internal.exchange;

import org.jspecify.annotations.NullMarked;
