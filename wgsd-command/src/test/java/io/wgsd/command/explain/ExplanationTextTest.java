package io.wgsd.command.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.command.status.StatusQuery;
import io.wgsd.discovery.AgentEvent;
import io.wgsd.members.PeerNames;
import org.junit.jupiter.api.Test;

class ExplanationTextTest {

    private final Scene scene = new Scene().happened(60, new AgentEvent.DeviceUp("wg0"));

    @Test
    void nothingIsWiderThanTheTerminalAndEachCauseSaysWhatTellsAndWhatToDo() {
        String text = answer(StatusQuery.ofText(80, false)).body();

        assertThat(text.lines()).allMatch(line -> line.length() <= 80);
        assertThat(text)
                .startsWith(Scene.BOB.toBase64() + ": not reached: unreachable")
                .contains("WHAT HAPPENED\n", "device wg0 is there\n", "WHAT IS SEEN\n  - WireGuard here sends to")
                .contains("WHAT FITS, THE LIKELIEST CAUSE FIRST\n  1. no agent runs there")
                .contains("     what tells: \"wgsd status\" there says so\n     what to do: start an agent there\n");
    }

    @Test
    void programsGetTheSame() {
        ExplainAnswer answer = answer(StatusQuery.ofJson());

        assertThat(answer.verdict()).isEqualTo(ExplainAnswer.Verdict.PROBLEM);
        assertThat(answer.body())
                .startsWith("{\"device\":\"wg0\",\"publicKey\":\"" + Scene.BOB.toBase64()
                        + "\",\"name\":null,\"well\":false,\"headline\":\"not reached: unreachable for 1 min\",")
                .contains(
                        "\"timeline\":[{\"time\":\"2026-01-01T11:59:00Z\",\"event\":\"deviceUp\",\"device\":\"wg0\"}]")
                .contains("\"causes\":[{\"cause\":\"no-agent-there\",\"what\":\"");
    }

    private ExplainAnswer answer(StatusQuery query) {
        return new ExplanationText(scene.seen(), PeerNames.none()).answer(query);
    }
}
