package io.wgsd.testkit.contract.parts;

import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.DeviceUnderTest;

/** What each part of the contract works with. */
public interface ContractPart {

    /** Returns a fresh device and a source over it, the same ones throughout one test. */
    DeviceUnderTest device();

    /** Returns what the source was opened with. */
    PeerSourceOptions options();
}
