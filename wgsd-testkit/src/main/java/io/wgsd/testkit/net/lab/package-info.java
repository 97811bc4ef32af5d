/** Room of {@code io.wgsd.testkit.net}: the keys and devices of a lab's hosts; read {@link LabNodes} first. */
@NullMarked
package io.wgsd.testkit.net.lab;

import org.jspecify.annotations.NullMarked;
