/** Room of {@code io.wgsd.testkit.contract}: what its tests share; read {@link ParallelCalls} first. */
@NullMarked
package io.wgsd.testkit.contract.support;

import org.jspecify.annotations.NullMarked;
