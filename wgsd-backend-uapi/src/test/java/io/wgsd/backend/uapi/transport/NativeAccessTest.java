package io.wgsd.backend.uapi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class NativeAccessTest {

    @Test
    void aDenialNamesTheFlagThatLiftsIt() {
        Throwable denied = new ExceptionInInitializerError(new IllegalCallerException("no"));

        assertThat(NativeAccess.unavailable(denied))
                .hasToString("this Java runtime denies native access to JNR (JEP 472);"
                        + " start java with --enable-native-access=ALL-UNNAMED");
    }

    @Test
    void aDenialOfWhichJnrKeepsOnlyTheTextIsRecognized() {
        Throwable denied = new UnsatisfiedLinkError(
                "could not get native definition, original error message follows: " + new IllegalCallerException("no"));

        assertThat(NativeAccess.unavailable(denied).reason()).contains("JEP 472");
    }

    @Test
    void aLibraryThatDoesNotLoadIsNamed() {
        Throwable missing = new RuntimeException(new UnsatisfiedLinkError("libjffi\n\tat a stack"));

        assertThat(NativeAccess.unavailable(missing).reason()).endsWith("UnsatisfiedLinkError: libjffi");
        assertThat(NativeAccess.unavailable(missing).remedy()).contains("noexec");
    }

    @Test
    void whereJnrIsLeftOutItIsNamedWithWhatBringsIt() {
        assertThat(NativeAccess.unavailable(new JnrMissingException()))
                .hasToString("jnr-unixsocket is not there, which Unix sockets need on any system but Linux;"
                        + " add the jar com.github.jnr:jnr-unixsocket with its dependencies");
    }

    @Test
    void onTheModulePathItsModulesMustBeAddedToo() {
        assertThat(NativeAccess.missing(true).remedy())
                .endsWith("start java with --add-modules org.jnrproject.unixsocket,org.objectweb.asm");
    }

    @Test
    void aSocketThatCannotBeMadeIsNoMatterOfNativeAccess() {
        assertThat(NativeAccess.unavailable(new IOException("socket: EMFILE")).reason())
                .isEqualTo("no Unix socket can be made: socket: EMFILE");
    }
}
