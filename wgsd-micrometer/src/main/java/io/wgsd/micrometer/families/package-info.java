/**
 * What is counted and measured, each under one name and with one description, no matter which program shows it: the meters of {@code
 * io.wgsd.micrometer} and the command's {@code /metrics} are made from these. Nothing here knows Micrometer. Read {@code
 * Family} first.
 */
@NullMarked
package io.wgsd.micrometer.families;

import org.jspecify.annotations.NullMarked;
