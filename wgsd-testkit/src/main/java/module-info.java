/** WireGuard in memory, a simulated net around it, and the contract that every peer source passes. */
module io.wgsd.testkit {
    requires transitive io.wgsd.api;
    requires static org.assertj.core;
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;
}
