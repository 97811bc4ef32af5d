package io.wgsd.relay.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places<String> places = new Places<>(4, 3);

    @Test
    void aNetworkHasAFewPlacesAtMost() {
        places.take("a", 1);
        places.take("b", 1);
        places.take("c", 1);
        assertThat(places.mayHaveMore(1)).isFalse();
        assertThat(places.mayHaveMore(2)).isTrue();
        places.free("b");
        assertThat(places.mayHaveMore(1)).isTrue();
    }

    @Test
    void placesHaveNumbersThatAreUsedAgain() {
        assertThat(places.take("a", 1)).isZero();
        assertThat(places.take("b", 1)).isEqualTo(1);
        places.free("a");
        assertThat(places.take("c", 2)).isZero();
    }

    @Test
    void nobodyGivesWayWhileThereIsRoom() {
        places.take("a", 1);
        assertThat(places.yielding()).isEmpty();
    }

    @Test
    void whereThereIsNoneLeftTheOldestStrangerOfTheBusiestNetworkGivesWay() {
        places.take("a", 1);
        places.take("b", 2);
        places.take("c", 2);
        places.take("d", 3);
        assertThat(places.yielding()).contains("b");
    }

    @Test
    void membersKeepTheirPlaces() {
        places.take("a", 1);
        places.take("b", 2);
        places.take("c", 2);
        places.take("d", 2);
        places.proven("b");
        assertThat(places.yielding()).contains("c");
        places.proven("c");
        places.proven("d");
        assertThat(places.yielding()).contains("a");
        places.proven("a");
        assertThat(places.yielding()).isEmpty();
        assertThat(places.isFull()).isTrue();
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        places.take("a", 1);
        assertThat(places.free("a")).isTrue();
        assertThat(places.free("a")).isFalse();
        assertThat(places.all()).isEmpty();
    }
}
