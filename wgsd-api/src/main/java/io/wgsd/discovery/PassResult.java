package io.wgsd.discovery;

import io.wgsd.model.PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The result of a pass over a device. Immutable and thread-safe. */
public final class PassResult {

    private final String device;
    private final List<PeerOutcome> outcomes;
    private final List<String> warnings;

    private PassResult(String device, List<PeerOutcome> outcomes, List<String> warnings) {
        this.device = device;
        this.outcomes = List.copyOf(outcomes);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Returns a result with these parts, as a pass or a test makes it.
     *
     * @param device the device's name
     * @param outcomes one for each peer
     * @param warnings what the administrator should know, one line each
     * @return the result
     */
    public static PassResult of(String device, List<PeerOutcome> outcomes, List<String> warnings) {
        return new PassResult(device, outcomes, warnings);
    }

    /**
     * Returns the device.
     *
     * @return its name
     */
    public String device() {
        return device;
    }

    /**
     * Returns what was done about each peer.
     *
     * @return one outcome for each peer that the device had when the pass began, in the order of the keys; unmodifiable
     */
    public List<PeerOutcome> outcomes() {
        return outcomes;
    }

    /**
     * Returns what was done about one peer.
     *
     * @param key the peer's key
     * @return the outcome; empty where the device did not have the peer
     */
    public Optional<PeerOutcome> outcome(PublicKey key) {
        return outcomes.stream()
                .filter(outcome -> outcome.publicKey().equals(key))
                .findFirst();
    }

    /**
     * Returns what the administrator should know.
     *
     * @return one line each, such as that a registry is not asked through the device; unmodifiable
     */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PassResult that
                && device.equals(that.device)
                && outcomes.equals(that.outcomes)
                && warnings.equals(that.warnings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(device, outcomes, warnings);
    }

    @Override
    public String toString() {
        return "PassResult[" + device + ", " + outcomes + ", warnings=" + warnings + "]";
    }
}
