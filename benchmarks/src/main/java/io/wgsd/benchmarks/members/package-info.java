/** A list of very many members: what a host pays that takes it. */
@org.jspecify.annotations.NullMarked
package io.wgsd.benchmarks.members;
