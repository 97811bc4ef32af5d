package io.wgsd.relay;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of what a relay's listener does not take itself. */
final class Unheard {

    static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private Unheard() {}
}
