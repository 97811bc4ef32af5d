/** Room of {@code io.wgsd.testkit.net}: packet sizes and ICMP errors; read {@link IcmpLimit} first. */
@NullMarked
package io.wgsd.testkit.net.ip;

import org.jspecify.annotations.NullMarked;
