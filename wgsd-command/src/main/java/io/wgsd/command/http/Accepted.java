package io.wgsd.command.http;

import java.util.Locale;

/** Which of two formats of metrics a client prefers, by its header {@code Accept} (RFC 9110, section 12.5.1). */
final class Accepted {

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String PLAIN = "text/plain";

    private Accepted() {}

    /** Returns whether a client asks for OpenMetrics by name, and at least as much as for plain text. */
    static boolean isOpenMetrics(String accept) {
        double openMetrics = 0;
        double plain = 0;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.split(";", -1);
            String type = parts[0].strip();
            if (type.equals(OPEN_METRICS)) {
                openMetrics = Math.max(openMetrics, quality(parts));
            } else if (type.equals(PLAIN)) {
                plain = Math.max(plain, quality(parts));
            }
        }
        return openMetrics > 0 && openMetrics >= plain;
    }

    private static double quality(String... parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                // What is no weight is as good as none (RFC 9110, section 12.4.2).
                return parameter.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")
                        ? Double.parseDouble(parameter.substring(2))
                        : 0;
            }
        }
        return 1;
    }
}
