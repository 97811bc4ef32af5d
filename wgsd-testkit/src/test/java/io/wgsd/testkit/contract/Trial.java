package io.wgsd.testkit.contract;

import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.memory.MemoryFixture;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.lang.reflect.InvocationTargetException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs one test of the contract over a flawed source; not nested in a test, because JUnit would take the contract for
 * one too.
 */
final class Trial {

    private Trial() {}

    /** Puts a flawed source around a good one. */
    interface Flaw {
        PeerSource around(PeerSource good) throws Exception;
    }

    /** Returns what a test of the contract throws; null where it passes. */
    static @Nullable Throwable outcome(String test, Flaw flaw) throws Exception {
        PeerSourceContract contract = new PeerSourceContract() {
            @Override
            protected PeerSourceFixture fixture() {
                return new FlawedFixture(flaw);
            }
        };
        contract.openSource();
        try {
            PeerSourceContract.class.getMethod(test).invoke(contract);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } finally {
            contract.closeSource();
        }
    }

    private static final class FlawedFixture extends MemoryFixture {

        private final Flaw flaw;

        FlawedFixture(Flaw flaw) {
            super(MemoryWireGuard.of(InstantSource.system()));
            this.flaw = flaw;
        }

        @Override
        public int openReadCloseRounds() {
            return 500;
        }

        @Override
        public PeerSource open(PeerSourceOptions options) {
            try {
                return flaw.around(super.open(options));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
