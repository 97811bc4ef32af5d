package io.wgsd.tests.relay;

import org.junit.jupiter.api.Test;

/** {@link MoveLabTest} with the kernel's own WireGuard; {@link KernelMoveTest} starts it in the kernel VM. */
class KernelMove {

    @Test
    void aSessionUnderTrafficMovesToTheDirectPathWithoutLossAndBackToTheRelayWhenThatIsCut() throws Exception {
        try (MoveLab lab = new MoveLab("--kernel", "--nat", "cone", "--delay", "20")) {
            lab.round();
        }
    }
}
