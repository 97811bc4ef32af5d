package io.wgsd.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where that goes which an operator would have to know, and no listener wants to hear. */
final class Unheard {

    static final Logger LOG = LoggerFactory.getLogger(Registry.class);

    private Unheard() {}
}
