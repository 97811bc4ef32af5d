/**
 * What makes the records of a zone one list that is signed as a whole: their order, the digest over all of them, the
 * chain of NSEC records, and signatures.
 *
 * <p>A room of {@code io.wgsd.members}. Read {@link io.wgsd.members.signed.RrsetMap} first.
 */
@NullMarked
package io.wgsd.members.signed;

import org.jspecify.annotations.NullMarked;
