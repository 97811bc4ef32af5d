/** Examples of embedding wgsd: one file, one idea; in {@code backend} there is a whole backend. */
@NullMarked
package io.wgsd.examples;

import org.jspecify.annotations.NullMarked;
