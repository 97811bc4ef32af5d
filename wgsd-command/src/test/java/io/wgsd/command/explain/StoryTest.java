package io.wgsd.command.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.model.PublicKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoryTest {

    private final List<AgentEvent> handedOn = new ArrayList<>();
    private final AtomicLong seconds = new AtomicLong();
    private final Story story = new Story(handedOn::add, () -> Instant.ofEpochSecond(seconds.incrementAndGet()));

    @Test
    void itHasWhatHappenedToThePeerAndToTheAgentInOrderAndHandsItOn() {
        AgentEvent there = roamed(key(1));
        AgentEvent up = new AgentEvent.DeviceUp("wg0");
        AgentEvent back = roamed(key(1));
        List<AgentEvent> all = List.of(there, up, roamed(key(2)), back);
        all.forEach(story::happened);

        assertThat(story.of(key(1))).extracting(Story.Happening::event).containsExactly(there, up, back);
        assertThat(handedOn).isEqualTo(all);
    }

    @Test
    void itIsBoundedForEachPeerAndInAll() {
        for (int i = 0; i < 2 * Story.MOST; i++) {
            story.happened(roamed(key(1)));
        }
        assertThat(story.of(key(1)))
                .hasSize(Story.MOST)
                .first()
                .extracting(Story.Happening::at)
                .isEqualTo(Instant.ofEpochSecond(Story.MOST + 1));

        for (int i = 2; i < 2 + Story.MOST_PEERS; i++) {
            story.happened(roamed(key(i)));
        }
        assertThat(story.of(key(1))).isEmpty();
        assertThat(story.of(key(2))).hasSize(1);
    }

    private static AgentEvent roamed(PublicKey key) {
        return new AgentEvent.PeerRoamed(key, Scene.HERE, Scene.THERE);
    }

    private static PublicKey key(int number) {
        return PublicKey.of(ByteBuffer.allocate(32).putInt(number).array());
    }
}
