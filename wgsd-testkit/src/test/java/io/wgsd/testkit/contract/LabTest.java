package io.wgsd.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.opentest4j.TestAbortedException;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class LabTest {

    private String before;

    @BeforeEach
    void rememberTheSetting() {
        before = System.getProperty("lab", "optional");
    }

    @AfterEach
    void restoreTheSetting() {
        System.setProperty("lab", before);
    }

    @Test
    void aMachineThatHasItLetsTheTestContinue() {
        System.setProperty("lab", "required");
        assertThatNoException().isThrownBy(() -> Lab.require(true, "no /dev/net/tun"));
    }

    @Test
    void aMachineThatLacksItSkipsTheTestWithTheReason() {
        System.setProperty("lab", "optional");
        assertThatThrownBy(() -> Lab.require(false, "no /dev/net/tun"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no /dev/net/tun");
    }

    @Test
    void aMachineThatLacksItFailsTheTestWhereTheLabIsRequired() {
        System.setProperty("lab", "required");
        assertThatThrownBy(() -> Lab.require(false, "no /dev/net/tun"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no /dev/net/tun");
    }
}
