/** Room of {@code io.wgsd.testkit.contract}: its tests by subject; read {@link SettingsContract} first. */
@NullMarked
package io.wgsd.testkit.contract.parts;

import org.jspecify.annotations.NullMarked;
