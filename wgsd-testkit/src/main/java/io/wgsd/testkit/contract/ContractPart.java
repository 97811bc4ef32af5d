package io.wgsd.testkit.contract;

import io.wgsd.spi.PeerSourceOptions;

/** What each part of the contract works with. */
interface ContractPart {

    /** Returns a fresh device and a source over it, the same ones throughout one test. */
    DeviceUnderTest device();

    /** Returns what the source was opened with. */
    PeerSourceOptions options();
}
