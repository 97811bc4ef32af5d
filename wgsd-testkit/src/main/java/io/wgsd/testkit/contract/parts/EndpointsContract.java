package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.AWAY;
import static io.wgsd.testkit.contract.support.Samples.HOME;
import static io.wgsd.testkit.contract.support.Samples.TEN;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import io.wgsd.testkit.contract.PeerSourceFixture;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Endpoints of both families are read back; a scope may come back as an index or as a name. */
public interface EndpointsContract extends ContractPart {

    @Test
    default void anIpv4EndpointIsReadBack() throws Exception {
        assertThat(writtenAndRead(HOME)).isEqualTo(HOME);
    }

    @Test
    default void anIpv6EndpointIsReadBack() throws Exception {
        Endpoint endpoint = Endpoint.parse("[2001:db8::1:2]:51820");
        assertThat(writtenAndRead(endpoint)).isEqualTo(endpoint);
    }

    @Test
    default void theLastPortIsReadBack() throws Exception {
        Endpoint endpoint = Endpoint.parse("192.0.2.1:65535");
        assertThat(writtenAndRead(endpoint)).isEqualTo(endpoint);
    }

    @Test
    default void aScopeByIndexIsReadBack() throws Exception {
        Endpoint endpoint = onLink(Integer.toString(device().fixture().linkIndex()));
        assertThat(writtenAndRead(endpoint)).isIn(sameAs(endpoint));
    }

    @Test
    default void aScopeByNameIsReadBack() throws Exception {
        Endpoint endpoint = onLink(device().fixture().linkName());
        assertThat(writtenAndRead(endpoint)).isIn(sameAs(endpoint));
    }

    @Test
    default void anEndpointThatWasReadCanBeWritten() throws Exception {
        Endpoint read = writtenAndRead(onLink(device().fixture().linkName()));
        writtenAndRead(HOME);
        assertThat(writtenAndRead(read)).isEqualTo(read);
    }

    @Test
    default void anEndpointReplacesTheOneBefore() throws Exception {
        writtenAndRead(HOME);
        assertThat(writtenAndRead(AWAY)).isEqualTo(AWAY);
    }

    @Test
    default void anEndpointCanBeReplacedByOneOfTheOtherFamily() throws Exception {
        Endpoint endpoint = Endpoint.parse("[2001:db8::1]:1");
        writtenAndRead(HOME);
        assertThat(writtenAndRead(endpoint)).isEqualTo(endpoint);
    }

    @Test
    default void anEndpointStaysWhereItIsNotNamed() throws Exception {
        writtenAndRead(HOME);
        device().apply(change().peer(ALICE).addAllowedIp(TEN).build());
        assertThat(device().read(ALICE).endpoint()).contains(HOME);
    }

    private Endpoint writtenAndRead(Endpoint endpoint) throws Exception {
        device().apply(change().peer(ALICE).endpoint(endpoint).build());
        return device().read(ALICE)
                .endpoint()
                .orElseThrow(() -> new AssertionError("the endpoint " + endpoint + " was written, none was read"));
    }

    private static Endpoint onLink(String scope) {
        return Endpoint.parse("[fe80::1%" + scope + "]:51820");
    }

    private Set<Endpoint> sameAs(Endpoint written) {
        PeerSourceFixture fixture = device().fixture();
        Set<Endpoint> same = new HashSet<>();
        same.add(onLink(fixture.linkName()));
        same.add(onLink(Integer.toString(fixture.linkIndex())));
        if (!fixture.keepsEndpointScopes()) {
            same.add(Endpoint.of(written.address(), written.port()));
        }
        return same;
    }
}
