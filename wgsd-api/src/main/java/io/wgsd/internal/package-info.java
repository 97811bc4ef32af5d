/** What values and errors need and users do not: this package is not exported. */
@NullMarked
package io.wgsd.internal;

import org.jspecify.annotations.NullMarked;
