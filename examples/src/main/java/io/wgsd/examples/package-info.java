/** Examples of embedding wgsd: one file, one idea. */
@NullMarked
package io.wgsd.examples;

import org.jspecify.annotations.NullMarked;
