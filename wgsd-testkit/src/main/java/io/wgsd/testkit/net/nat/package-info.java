/** Room of {@code io.wgsd.testkit.net}: a NAT's mappings and filters; it is all in {@link NatTable}. */
@NullMarked
package io.wgsd.testkit.net.nat;

import org.jspecify.annotations.NullMarked;
