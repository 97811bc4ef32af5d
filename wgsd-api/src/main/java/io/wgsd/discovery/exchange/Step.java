package io.wgsd.discovery.exchange;

import java.time.Duration;
import org.xbill.DNS.Message;

/** What to do next about an {@link Inquiry}. */
sealed interface Step {

    /** Send the question to a server, and give the inquiry the response, or report that none came. */
    record Ask(int server, boolean edns, boolean tcp, Duration patience) implements Step {}

    /** Send nothing for a while, but keep listening. */
    record Pause(Duration patience) implements Step {}

    /** Go on as before. */
    record Wait() implements Step {}

    /** The question is answered. */
    record Done(Message response) implements Step {}

    /** The question will not be answered. */
    record GiveUp(ExchangeException failure) implements Step {}
}
