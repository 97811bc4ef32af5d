package io.wgsd.spi;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A backend that is available until told otherwise, and counts how often it was opened. */
final class FakeProvider implements PeerSourceProvider {

    /** How a source is opened. */
    interface Opening {
        PeerSource open() throws WireGuardException;
    }

    private final String name;
    private final AtomicInteger opened = new AtomicInteger();
    private volatile Supplier<Availability> probe = () -> Availability.available("it is there");
    private volatile Opening opening;
    private volatile Supplier<Set<String>> settings = PeerSourceProvider.super::settings;
    private volatile Consumer<PeerSourceOptions> check = PeerSourceProvider.super::check;
    private volatile Supplier<Integer> rank;

    FakeProvider(String name, int priority, Opening opening) {
        this.name = name;
        this.rank = () -> priority;
        this.opening = opening;
    }

    static FakeProvider of(String name, int priority, PeerSource source) {
        return new FakeProvider(name, priority, () -> source);
    }

    FakeProvider unavailable(String reason, String remedy) {
        probe = () -> Availability.unavailable(reason, remedy);
        return this;
    }

    FakeProvider probing(Supplier<Availability> value) {
        probe = value;
        return this;
    }

    FakeProvider opening(Opening value) {
        opening = value;
        return this;
    }

    FakeProvider knowing(String... names) {
        settings = () -> Set.of(names);
        return this;
    }

    FakeProvider ranked(Supplier<Integer> value) {
        rank = value;
        return this;
    }

    FakeProvider checking(Consumer<PeerSourceOptions> value) {
        check = value;
        return this;
    }

    int opened() {
        return opened.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int priority() {
        return rank.get();
    }

    @Override
    public Availability probe() {
        return probe.get();
    }

    @Override
    public Set<String> settings() {
        return settings.get();
    }

    @Override
    public void check(PeerSourceOptions options) {
        check.accept(options);
    }

    @Override
    public PeerSource open(PeerSourceOptions options) throws WireGuardException {
        opened.incrementAndGet();
        return opening.open();
    }
}
