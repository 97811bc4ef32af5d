/**
 * Which backends there are, which of them a call goes to, and why the others were passed over.
 *
 * <p>Read {@link io.wgsd.spi.select.Providers} first: what was found. Then {@link io.wgsd.spi.select.Backend}, one
 * provider and its source, and {@link io.wgsd.spi.select.PassedOver}, the error where no backend is left.
 */
@NullMarked
package io.wgsd.spi.select;

import org.jspecify.annotations.NullMarked;
