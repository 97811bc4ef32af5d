package io.wgsd.backend.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.spi.Availability;
import org.junit.jupiter.api.Test;

final class NativeAccessTest {

    @Test
    void aDenialOfNativeAccessNamesTheFlag() {
        Availability finding = NativeAccess.explain(new ExceptionInInitializerError(
                new IllegalCallerException("Illegal native access from an unnamed module")));

        assertThat(finding.isAvailable()).isFalse();
        assertThat(finding.remedy()).isEqualTo("start java with --enable-native-access=ALL-UNNAMED");
    }

    @Test
    void aLibraryThatDoesNotLoadNamesTheTemporaryFolder() {
        Availability finding = NativeAccess.explain(new UnsatisfiedLinkError(
                "/tmp/jna-1/jna2.tmp: failed to map segment from shared object\n\tat elsewhere"));

        assertThat(finding.reason())
                .isEqualTo("native code of JNA does not load: java.lang.UnsatisfiedLinkError:"
                        + " /tmp/jna-1/jna2.tmp: failed to map segment from shared object");
        assertThat(finding.remedy()).contains("noexec").contains("-Djna.tmpdir");
    }
}
