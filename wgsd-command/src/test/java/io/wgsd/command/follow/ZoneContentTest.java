package io.wgsd.command.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.ZoneTransferException;

/** What a server can make its followers keep. */
class ZoneContentTest {

    private final ZoneContent content = new ZoneContent(TXTRecord.class::isInstance, 2);

    @Test
    void moreRecordsThanTheLimitAreRefused() throws ZoneTransferException {
        ZoneContent.Transfer transfer = content.begin();
        transfer.startAXFR();
        transfer.handleRecord(soa(1));
        transfer.handleRecord(text("a", 1));
        transfer.handleRecord(text("b", 1));
        transfer.handleRecord(text("b", 1));

        assertThatThrownBy(() -> transfer.handleRecord(text("c", 1)))
                .isInstanceOf(ZoneTransferException.class)
                .hasMessage("it has more than 2 records that count here");
    }

    @Test
    void aFewLargeRecordsAreRefusedAsManyAre() {
        ZoneContent.Transfer transfer = content.begin();
        transfer.startAXFR();

        assertThatThrownBy(() -> transfer.handleRecord(text("a", 3)))
                .isInstanceOf(ZoneTransferException.class)
                .hasMessage("it has more than 512 bytes of data in records that count here");
    }

    @Test
    void whatWentMakesRoomForWhatComes() throws ZoneTransferException {
        ZoneContent.Transfer whole = content.begin();
        whole.startAXFR();
        whole.handleRecord(soa(1));
        whole.handleRecord(text("a", 2));
        assertThat(whole.finish()).isTrue();

        ZoneContent.Transfer change = content.begin();
        change.startIXFR();
        change.startIXFRDeletes(soa(1));
        change.handleRecord(text("a", 2));
        change.startIXFRAdds(soa(2));
        change.handleRecord(text("b", 2));
        assertThat(change.finish()).isTrue();
        assertThat(content.records()).containsExactly(text("b", 2));

        ZoneContent.Transfer more = content.begin();
        more.startIXFR();
        more.startIXFRAdds(soa(3));
        assertThatThrownBy(() -> more.handleRecord(text("c", 2))).isInstanceOf(ZoneTransferException.class);
    }

    @Test
    void aChangeSaysWhatItRemovesAndAdds() throws ZoneTransferException {
        ZoneContent all = new ZoneContent(record -> true, 9);
        ZoneContent.Transfer whole = all.begin();
        whole.startAXFR();
        whole.handleRecord(soa(1));
        whole.handleRecord(text("a", 1));
        whole.handleRecord(text("b", 1));
        assertThat(whole.finish()).isTrue();
        assertThat(all.change()).isEmpty();

        ZoneContent.Transfer change = all.begin();
        change.startIXFR();
        change.startIXFRDeletes(soa(1));
        change.handleRecord(text("a", 1));
        change.handleRecord(text("none", 1));
        change.startIXFRAdds(soa(2));
        change.handleRecord(text("b", 1));
        change.handleRecord(text("c", 1));
        change.startIXFRDeletes(soa(2));
        change.handleRecord(text("c", 1));
        change.startIXFRAdds(soa(3));
        change.handleRecord(text("d", 1));
        assertThat(change.finish()).isTrue();

        assertThat(all.change()).hasValueSatisfying(diff -> {
            assertThat(diff.removed()).containsExactlyInAnyOrder(text("a", 1), soa(1));
            assertThat(diff.added()).containsExactlyInAnyOrder(text("d", 1), soa(3));
        });
        assertThat(all.records()).containsExactlyInAnyOrder(text("b", 1), text("d", 1), soa(3));
    }

    @Test
    void whatIsRemovedAndAddedAgainIsNoChange() throws ZoneTransferException {
        ZoneContent.Transfer whole = content.begin();
        whole.startAXFR();
        whole.handleRecord(soa(1));
        whole.handleRecord(text("a", 1));
        assertThat(whole.finish()).isTrue();

        ZoneContent.Transfer change = content.begin();
        change.startIXFR();
        change.startIXFRDeletes(soa(1));
        change.handleRecord(text("a", 1));
        change.startIXFRAdds(soa(2));
        change.handleRecord(text("a", 1));

        assertThat(change.finish()).isFalse();
        assertThat(content.serial()).hasValue(2);
    }

    /** Makes a TXT record of so many strings of 200 bytes. */
    private static Record text(String name, int strings) {
        return new TXTRecord(name(name), DClass.IN, 60, Collections.nCopies(strings, "x".repeat(200)));
    }

    private static SOARecord soa(long serial) {
        return new SOARecord(name("@"), DClass.IN, 60, name("ns1"), name("postmaster"), serial, 1, 1, 1, 1);
    }

    private static Name name(String text) {
        return Name.fromConstantString(text.equals("@") ? "example.com." : text + ".example.com.");
    }
}
