package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.DiscoveryAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The default listener: logs as a warning what an operator has to know, and everything else at debug level. */
public final class LoggingListener implements AgentEvent.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryAgent.class);

    @Override
    public void happened(AgentEvent event) {
        if (event instanceof AgentEvent.DeviceDown down) {
            LOG.warn("{}", down.reason());
        } else if (event instanceof AgentEvent.RegistryDown down) {
            LOG.warn("{}", down.reason());
        } else if (event instanceof AgentEvent.RegistryNotAsked not) {
            LOG.warn("{}", not.reason());
        } else if (event instanceof AgentEvent.StoreFailed failed) {
            LOG.warn("{}", failed.reason());
        } else if (event instanceof AgentEvent.TlsDown down) {
            LOG.warn("{}", down.reason());
        } else if (event instanceof AgentEvent.NameNotResolved not) {
            LOG.warn("{}", not.reason());
        } else if (event instanceof AgentEvent.CandidatesNotRegistered not) {
            LOG.warn("{}", not.reason());
        } else if (event instanceof AgentEvent.Ended ended) {
            LOG.warn("{}", ended.reason());
        } else if (event instanceof AgentEvent.RelayDown down) {
            LOG.warn("{}", down.reason());
        } else if (event instanceof AgentEvent.PeerChanged changed) {
            LOG.debug("{}", changed.peer());
        } else {
            LOG.debug("{}", event);
        }
    }
}
