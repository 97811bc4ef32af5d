/** One way to write a file safely and one way to read one, for every module of wgsd; users do not see it. */
@NullMarked
package io.wgsd.internal.file;

import org.jspecify.annotations.NullMarked;
