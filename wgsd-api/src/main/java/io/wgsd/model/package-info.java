/**
 * WireGuard's own terms as immutable values: keys, addresses, peers, devices, and changes to them.
 *
 * <pre>{@code
 * PublicKey alice = PublicKey.parse("JRI8Xc0zKP9kXk8qP84NdUQA04h6DLfFbwJn4g+/PFs=");
 * DeviceChange.Builder change = DeviceChange.builder();
 * change.peer(alice).updateOnly().endpoint(Endpoint.parse("192.0.2.7:51820"));
 * try (PeerSource wireGuard = PeerSources.open(PeerSourceOptions.defaults())) {
 *     wireGuard.apply("wg0", change.build());
 * }
 * }</pre>
 *
 * <p>The bottom of the house: it knows none of the other packages, and no type of a library. Read {@link
 * io.wgsd.model.Device} first, then {@link io.wgsd.model.Peer} and {@link io.wgsd.model.DeviceChange}. A text that is
 * none of these is refused with a {@link io.wgsd.model.FormatException}. It has no rooms.
 */
@NullMarked
package io.wgsd.model;

import org.jspecify.annotations.NullMarked;
