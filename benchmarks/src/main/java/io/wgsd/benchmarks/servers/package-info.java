/** The registry beside other name servers that have the same zone. */
@org.jspecify.annotations.NullMarked
package io.wgsd.benchmarks.servers;
