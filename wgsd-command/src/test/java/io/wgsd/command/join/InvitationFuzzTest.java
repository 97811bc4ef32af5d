package io.wgsd.command.join;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.FormatException;
import java.nio.charset.StandardCharsets;

/** Whatever was pasted, an invitation is read out of it or refused, and its own line is that invitation again. */
class InvitationFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void anInvitationIsReadOrRefused(byte[] input) {
        Invitation invitation;
        try {
            invitation = Invitation.parse(new String(input, StandardCharsets.UTF_8));
        } catch (FormatException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
            return;
        }
        assertThat(Invitation.parse(invitation.line()).words()).isEqualTo(invitation.words());
    }
}
