package io.wgsd.spi.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.spi.PeerSourceProvider;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProviderLoaderTest {

    @Test
    @Timeout(10)
    void endsThoughAnIteratorFailsEndlessly() {
        ProviderLoader loader = ProviderLoader.load(new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new ServiceConfigurationError("broken for good");
            }

            @Override
            public ServiceLoader.Provider<PeerSourceProvider> next() {
                throw new AssertionError("not reached");
            }
        });
        assertThat(loader.providers()).isEmpty();
        assertThat(loader.failures()).hasSize(100);
    }
}
