/** Looking peers up in registries, and keeping the endpoints of a device right. */
@NullMarked
package io.wgsd.discovery;

import org.jspecify.annotations.NullMarked;
