/**
 * What a running command shows of itself over HTTP on loopback: metrics, and whether it is healthy and ready. Nothing
 * here is loaded unless {@code --http} asks for it. Read {@code Pages} first, then {@code MonitoringServer}.
 */
@NullMarked
package io.wgsd.command.http;

import org.jspecify.annotations.NullMarked;
