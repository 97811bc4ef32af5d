package io.wgsd.command.http;

import java.util.List;

/** What a command shows. Called on several threads. */
public interface Pages {

    /** Returns why a restart would help, a line each; empty where it would not. */
    List<String> unhealthy();

    /** Returns why what is served or kept right is not, a line each; empty where all is well. */
    List<String> unready();

    /** Adds the metrics. */
    void metrics(MetricsText text);
}
