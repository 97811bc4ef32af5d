package io.wgsd.spi;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import java.util.Map;
import java.util.Set;

/**
 * A way to WireGuard: lists, reads and changes its devices.
 *
 * <p>All methods block until they are done, and end within {@link PeerSourceOptions#timeout()}. They are safe for
 * concurrent use. An interrupt ends a call with {@link CancelledException} and leaves the thread's interrupt flag set;
 * so does {@link #close()} from another thread, without the flag, and every call after it.
 *
 * <p>What is added to this interface later has a default implementation.
 */
public interface PeerSource extends AutoCloseable {

    /**
     * Returns the names of the devices that there are; one that appears or goes away meanwhile may be missing or be
     * there.
     *
     * @return the names, unmodifiable; empty where there are none
     * @throws WireGuardException if they cannot be listed
     */
    Set<String> deviceNames() throws WireGuardException;

    /**
     * Returns the devices that {@link #deviceNames()} leaves out because nobody could ask for them, such as those whose
     * names {@link Device#checkName} refuses.
     *
     * @return why, by their names as they are; unmodifiable; none by default
     * @throws WireGuardException if they cannot be listed
     */
    default Map<String, String> devicesLeftOut() throws WireGuardException {
        return Map.of();
    }

    /**
     * Reads a device and its peers, without any secret.
     *
     * @param device the device's name
     * @param options how to read
     * @return the device as it is now, consistent as far as {@link Capabilities#consistentSnapshot()} says
     * @throws NoSuchDeviceException if there is no such WireGuard device
     * @throws WireGuardException if it cannot be read
     */
    Device read(String device, ReadOptions options) throws WireGuardException;

    /**
     * Reads a device and its peers, without any secret, as {@link ReadOptions#defaults()} say.
     *
     * @param device the device's name
     * @return the device as it is now
     * @throws NoSuchDeviceException if there is no such WireGuard device
     * @throws WireGuardException if it cannot be read
     */
    default Device read(String device) throws WireGuardException {
        return read(device, ReadOptions.defaults());
    }

    /**
     * Changes a device. This is not atomic: where it fails, earlier parts of the change may have been carried out.
     *
     * @param device the device's name
     * @param change what to change; its secrets are borrowed until this returns
     * @throws NoSuchDeviceException if there is no such WireGuard device
     * @throws UnsupportedException if this backend cannot do a part of it; then nothing has been changed
     * @throws PartlyAppliedException if it is known that a part of it was carried out
     * @throws WireGuardException if it cannot be changed
     */
    void apply(String device, DeviceChange change) throws WireGuardException;

    /**
     * Reads a device's private and preshared keys.
     *
     * @param device the device's name
     * @return the keys, which the caller closes
     * @throws NoSuchDeviceException if there is no such WireGuard device
     * @throws UnsupportedException if this backend has the device but does not hand out secrets, as is the default
     * @throws WireGuardException if they cannot be read
     */
    default DeviceSecrets secrets(String device) throws WireGuardException {
        throw new UnsupportedException(DefaultMethods.find(device, this), "reading secrets", "use another backend");
    }

    /**
     * Returns in what this backend differs from others, for one device.
     *
     * @param device the device's name
     * @return what it can do; {@link Capabilities#none()} by default
     * @throws NoSuchDeviceException if there is no such WireGuard device
     * @throws WireGuardException if it cannot be found out
     */
    default Capabilities capabilities(String device) throws WireGuardException {
        DefaultMethods.find(device, this);
        return Capabilities.none();
    }

    /**
     * Ends running calls with {@link CancelledException} and frees what the source holds; a second call does nothing.
     */
    @Override
    void close();
}
