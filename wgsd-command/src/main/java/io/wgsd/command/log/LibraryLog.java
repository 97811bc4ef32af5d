package io.wgsd.command.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Lets what the library logs pass into the command's log. Of other libraries only warnings pass, whatever the level.
 *
 * <p>A command that ends soon has no log: there, warnings are notes to the person who has called it.
 */
public final class LibraryLog implements SLF4JServiceProvider {

    private static final String OURS = "io.wgsd.";

    private static volatile @Nullable ErrorStream log;

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** Called by SLF4J, which finds this class by its name. */
    public LibraryLog() {}

    /** Lets lines pass into a log from now on. */
    public static void passTo(ErrorStream next) {
        log = next;
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return Logger::new;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}

    private static final class Logger extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        Logger(String name) {
            this.name = name;
        }

        private boolean shows(Level level) {
            ErrorStream current = log;
            boolean important = Level.WARN.shows(level);
            return current == null ? important : current.shows(level) && (important || name.startsWith(OURS));
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return shows(Level.DEBUG);
        }

        @Override
        public boolean isInfoEnabled() {
            return shows(Level.INFO);
        }

        @Override
        public boolean isWarnEnabled() {
            return shows(Level.WARN);
        }

        @Override
        public boolean isErrorEnabled() {
            return shows(Level.ERROR);
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return "";
        }

        @Override
        protected void handleNormalizedLoggingCall(
                org.slf4j.event.Level level,
                @Nullable Marker marker,
                String pattern,
                @Nullable Object @Nullable [] arguments,
                @Nullable Throwable error) {
            String line = String.valueOf(MessageFormatter.basicArrayFormat(pattern, arguments));
            ErrorStream current = log;
            if (current == null) {
                note(line, error);
                return;
            }
            Level ours = ours(level);
            current.write(ours, line);
            if (error != null) {
                current.write(ours, error);
            }
        }

        private static Level ours(org.slf4j.event.Level level) {
            return switch (level) {
                case ERROR -> Level.ERROR;
                case WARN -> Level.WARN;
                case INFO -> Level.INFO;
                default -> Level.DEBUG;
            };
        }

        private static void note(String line, @Nullable Throwable error) {
            System.err.println("wgsd: " + line + (error == null ? "" : ": " + error));
        }
    }
}
