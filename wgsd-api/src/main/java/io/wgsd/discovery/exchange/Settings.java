package io.wgsd.discovery.exchange;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.xbill.DNS.Name;

/**
 * Which servers an exchange asks, and how often.
 *
 * @param servers at least one; the one that answered last is asked first
 * @param attempts how many rounds of the servers a question is worth, 1 to 10
 * @param maxInFlight how many questions may be on their way at a time
 * @param threadFactory makes the one thread, when the first question is asked
 * @param zone the zone that the servers know; a server that denies one of its names without its SOA does not know it
 */
public record Settings(
        List<InetSocketAddress> servers, int attempts, int maxInFlight, ThreadFactory threadFactory, Name zone) {}
