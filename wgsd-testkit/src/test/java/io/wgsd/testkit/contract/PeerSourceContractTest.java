package io.wgsd.testkit.contract;

import static io.wgsd.testkit.contract.FlawedReadings.withAtMost;
import static io.wgsd.testkit.contract.FlawedReadings.withAtMostAllowedIps;
import static io.wgsd.testkit.contract.Flaws.changing;
import static io.wgsd.testkit.contract.Flaws.losing;
import static io.wgsd.testkit.contract.Flaws.reading;
import static io.wgsd.testkit.contract.Flaws.readingPeers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/** The contract notices mistakes of backends. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PeerSourceContractTest {

    private static final int TRIALS = 50;

    static Stream<Arguments> flaws() {
        AtomicInteger readings = new AtomicInteger();
        return Stream.of(
                caught("theFirewallMarkIsReadBackUnsigned", s -> reading(s, FlawedReadings::withSignedMark)),
                caught("theListenPortIsReadBack", s -> reading(s, FlawedReadings::withoutPort)),
                caught("listenPortZeroChoosesAFreePort", s -> reading(s, FlawedReadings::withoutPort)),
                caught("everyFieldOfAPeerIsReadBack", s -> readingPeers(s, FlawedReadings::withoutKeepalive)),
                caught("aScopeByNameIsReadBack", s -> readingPeers(s, FlawedReadings::withoutScope)),
                caught("aScopeByIndexIsReadBack", s -> readingPeers(s, FlawedReadings::withoutScope)),
                caught("thousandsOfPeersAreReadBack", s -> reading(s, withAtMost(4999))),
                caught("aPeerWithThousandsOfAllowedIpsIsReadBack", s -> readingPeers(s, withAtMostAllowedIps(4999))),
                caught("aRestartedPeerCountsFromZero", s -> readingPeers(s, FlawedReadings::withCountersThatStay)),
                caught(
                        "readersNeverSeeHalfAPeerWhileAnotherProgramChangesTheDevice",
                        s -> readingPeers(
                                s,
                                peer -> readings.incrementAndGet() % 100 == 0
                                        ? withAtMostAllowedIps(0).apply(peer)
                                        : peer)),
                caught("ofTwoStepsForAPeerTheLaterOneHolds", s -> changing(s, Flaws::inReverse)),
                caught("anAllowedIpGoesToWhoWasNamedLast", s -> changing(s, Flaws::gatheredByPeer)),
                caught("updateOnlyDoesNotAddAPeer", s -> changing(s, Flaws::addingRatherThanUpdating)),
                caught("updateOnlyTakesNoAllowedIpForAnAbsentPeer", s -> changing(s, Flaws::addingRatherThanUpdating)),
                caught(
                        "updateOnlyLooksAtWhatTheStepsBeforeItRemoved",
                        s -> changing(s, Flaws::addingRatherThanUpdating)),
                caught(
                        "updateOnlyDoesNotBringBackAPeerThatIsRemovedMeanwhile",
                        s -> changing(s, Flaws::addingRatherThanUpdating)),
                caught("aRestartedPeerHasItsPresharedKey", s -> changing(s, Flaws::addingRatherThanUpdating)),
                caught("aPeerIsNeverMissingWhileItIsRestarted", Flaws::restartingInTwoSteps),
                caught("removingOneDoesNotTakeBackWhatIsAddedMeanwhile", Flaws::removingPrefixesByReplacingAll),
                caught("aChangeWithARestartIsCarriedOutWholeOrRefusedWhole", Flaws::sayingThatItCannotRestart),
                caught("reusingAnOutdatedReadingGivesTheDeviceAsItIs", Flaws::reusingWithoutLooking),
                caught("reusingAReadingOfAnotherDeviceGivesThisOne", Flaws::reusingWithoutLooking),
                caught("theListOfDevicesCannotBeChanged", Flaws::listingInAPlainSet),
                caught("anInterruptedThreadReadsNothing", Flaws::swallowingTheInterruptFlag),
                caught("anInterruptedThreadReadsNothing", Flaws::deafToInterrupts),
                caught("anInterruptEndsACallThatWaits", Flaws::swallowingTheInterruptFlag),
                caught("aClosedSourceReadsNothing", Flaws::usableWhenClosed),
                caught("aClosedSourceChangesNothing", Flaws::usableWhenClosed),
                caught("readingAnAbsentDeviceNamesIt", Flaws::unavailableWhereThereIsNoDevice),
                caught("readingAnAbsentDeviceNamesIt", Flaws::namingNoDeviceInErrors),
                caught("aRemovedDeviceIsNoLongerThere", Flaws::unavailableWhereThereIsNoDevice),
                caught("anErrorHoldsNoSecret", Flaws::tellingThePrivateKeyInErrors),
                caught("borrowedSecretsStayOpen", Flaws::closingWhatItBorrowed),
                caught("thePrivateKeyIsHandedOut", Flaws::keepingSecretsToItself),
                caught("presharedKeysAreHandedOutByPeer", Flaws::keepingSecretsToItself),
                caught("noFileStaysOpen", s -> losing(Files.newInputStream(Path.of("/proc/self/stat")), s)),
                caught("noNativeMemoryStaysAllocated", Flaws::losingBuffers));
    }

    @ParameterizedTest(name = "{0}, {index}")
    @MethodSource("flaws")
    void aFlawIsCaught(String test, Trial.Flaw flaw) throws Exception {
        Throwable withoutFlaw = Trial.outcome(test, good -> good);
        assertThat(withoutFlaw == null || withoutFlaw instanceof TestAbortedException)
                .as("passes or is skipped without the flaw")
                .isTrue();
        assertThat(outcomeWith(flaw, test)).as("with the flaw").isNotNull().isNotInstanceOf(TestAbortedException.class);
    }

    /** Tries more than once, because a flaw that is a race shows by chance, on a quiet machine less often. */
    private static @Nullable Throwable outcomeWith(Trial.Flaw flaw, String test) throws Exception {
        Throwable outcome = null;
        for (int trial = 0; trial < TRIALS && outcome == null; trial++) {
            outcome = Trial.outcome(test, flaw);
        }
        return outcome;
    }

    @AfterAll
    static void closeWhatWasLost() throws Exception {
        Flaws.closeWhatWasLost();
    }

    private static Arguments caught(String by, Trial.Flaw flaw) {
        return arguments(by, flaw);
    }
}
