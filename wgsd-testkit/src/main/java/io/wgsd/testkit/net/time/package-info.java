/** Room of {@code io.wgsd.testkit.net}: events, alarms and tasks in virtual time; read {@link EventLoop} first. */
@NullMarked
package io.wgsd.testkit.net.time;

import org.jspecify.annotations.NullMarked;
