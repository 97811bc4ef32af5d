package io.wgsd.portmap;

/**
 * Is called when something happens to a mapping, on the mapper's thread, which waits for it. By default nothing is
 * done.
 */
public interface PortMapperListener {

    /**
     * Called when a port is mapped, or has become another one.
     *
     * @param mapping what the router forwards
     */
    default void mapped(PortMapping mapping) {}

    /**
     * Called when a mapping was renewed, and is the same as before.
     *
     * @param mapping what the router forwards
     */
    default void renewed(PortMapping mapping) {}

    /**
     * Called when a mapping is there no more.
     *
     * @param mapping what the router had forwarded
     * @param reason why, as a clause
     */
    default void lost(PortMapping mapping, String reason) {}

    /**
     * Called when there is no mapping, once for each reason in a row.
     *
     * @param reason why, as a clause that names the router where there is one
     */
    default void notMapped(String reason) {}

    /**
     * Called when the store fails: mapping goes on, but after a crash the router would keep what it forwards until that
     * ends by itself.
     *
     * @param line what failed, in one line
     */
    default void storeFailed(String line) {}
}
