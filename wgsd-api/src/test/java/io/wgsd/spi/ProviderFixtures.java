package io.wgsd.spi;

import java.util.List;
import java.util.function.Supplier;

/** Providers as a class path may hold them, and what they look like from a class loader that holds them. */
final class ProviderFixtures {

    private ProviderFixtures() {}

    /** A provider as it should be. */
    public static class Good implements PeerSourceProvider {

        /** For ServiceLoader. */
        public Good() {}

        @Override
        public String name() {
            return "good";
        }

        @Override
        public int priority() {
            return 1;
        }

        @Override
        public Availability probe() {
            return Availability.available("it is there");
        }

        @Override
        public PeerSource open(PeerSourceOptions options) {
            return new FakeSource("good", "none", "wg-good");
        }
    }

    /** A provider that throws while it is made. */
    public static final class Throwing extends Good {

        /** For ServiceLoader. */
        public Throwing() {
            throw new IllegalStateException("no\nreason");
        }
    }

    /** A provider whose class cannot be initialized, as one whose native code is missing. */
    public static final class Uninitialized extends Good {

        static {
            load();
        }

        private static void load() {
            throw new UnsatisfiedLinkError("no native code");
        }
    }

    /** Something else than a provider. */
    public static final class Stranger {}

    /** Lists the backends that ServiceLoader finds, one line each. */
    public static final class Listing implements Supplier<List<String>> {

        /** For reflection. */
        public Listing() {}

        @Override
        public List<String> get() {
            try (PeerSources sources = PeerSources.open(PeerSourceOptions.defaults())) {
                return sources.backends().stream()
                        .map(status -> status.name() + ": " + status.availability())
                        .toList();
            }
        }
    }

    /** Opens backends by their names, and says what came of it. */
    public static final class Opening implements Supplier<List<String>> {

        /** For reflection. */
        public Opening() {}

        @Override
        public List<String> get() {
            return List.of(open("good"), open("lost"));
        }

        private static String open(String name) {
            try (PeerSource source = PeerSources.open(name, PeerSourceOptions.defaults())) {
                return source.deviceNames().toString();
            } catch (WireGuardException e) {
                return e.getMessage();
            }
        }
    }
}
