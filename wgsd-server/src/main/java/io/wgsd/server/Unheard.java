package io.wgsd.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log for what an operator has to know, where no listener takes it. */
final class Unheard {

    static final Logger LOG = LoggerFactory.getLogger(Registry.class);

    private Unheard() {}
}
