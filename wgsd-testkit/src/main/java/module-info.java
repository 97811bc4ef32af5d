/** WireGuard in memory, a simulated net around it, and the contract that every peer source passes. */
module io.wgsd.testkit {
    requires transitive io.wgsd.api;
    // Not transitive: a test that uses only the memory does not need JUnit.
    requires static java.management;
    requires static org.assertj.core;
    requires static org.junit.jupiter.api;
    requires static transitive org.jspecify;

    exports io.wgsd.testkit.contract;
    exports io.wgsd.testkit.memory;
    exports io.wgsd.testkit.net;

    // JUnit calls the contract's tests, which are nobody else's to call.
    opens io.wgsd.testkit.contract to
            org.junit.platform.commons;
    opens io.wgsd.testkit.contract.parts to
            org.junit.platform.commons;
}
