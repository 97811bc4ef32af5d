package io.wgsd.spi;

import io.wgsd.model.PublicKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Reports that a change failed when a part of it had been carried out. */
public final class PartlyAppliedException extends WireGuardException {

    private static final long serialVersionUID = 1L;

    // An exception can be serialized, a key cannot.
    private final String[] appliedPeers;

    /**
     * Makes the exception.
     *
     * @param origin where the error comes from; its device is named
     * @param appliedPeers whose changes are known to be in force; those of others may be, too
     * @param cause why it could not be carried out further
     */
    public PartlyAppliedException(ErrorOrigin origin, Collection<PublicKey> appliedPeers, WireGuardException cause) {
        super(
                origin,
                "changing " + origin + " stopped in the middle; peers that stay changed: " + appliedPeers.size() + "; "
                        + cause.getMessage(),
                cause);
        this.appliedPeers = appliedPeers.stream().map(PublicKey::toBase64).toArray(String[]::new);
    }

    /**
     * Returns whose changes are known to be in force.
     *
     * @return the peers in the order in which they were changed; others may have been changed, too
     */
    public List<PublicKey> appliedPeers() {
        return Arrays.stream(appliedPeers).map(PublicKey::parse).toList();
    }
}
