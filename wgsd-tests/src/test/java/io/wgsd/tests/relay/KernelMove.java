package io.wgsd.tests.relay;

import org.junit.jupiter.api.Test;

/** {@link MoveLabTest} with the kernel's own WireGuard; {@link KernelMoveTest} starts it in the kernel VM. */
class KernelMove {

    @Test
    void tenTimesASessionUnderTrafficMovesToTheDirectPathWithoutLossAndBackToTheRelayWhenThatIsCut() throws Exception {
        try (MoveLab lab = new MoveLab("--kernel", "--nat", "cone", "--delay", "20")) {
            for (int i = 0; i < 10; i++) {
                lab.round();
            }
        }
    }
}
