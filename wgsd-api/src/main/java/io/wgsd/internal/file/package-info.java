/**
 * How every module of wgsd writes a file that must not be lost, and reads one that may hold a secret; exported to those
 * modules alone.
 *
 * <p>A room of {@code io.wgsd.internal}. Read {@link io.wgsd.internal.file.StateFile} first, then {@link
 * io.wgsd.internal.file.InputFile}.
 */
@NullMarked
package io.wgsd.internal.file;

import org.jspecify.annotations.NullMarked;
