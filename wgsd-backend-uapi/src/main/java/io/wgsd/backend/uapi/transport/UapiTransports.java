package io.wgsd.backend.uapi.transport;

import java.io.IOException;

/** Which transports there are, and which of them this system has. */
public final class UapiTransports {

    /** The Java runtime's own Unix sockets, on Linux only. */
    public static final String JDK = "jdk";

    /** jnr-unixsocket, an optional dependency that loads native code. */
    public static final String JNR = "jnr";

    private UapiTransports() {}

    /** Returns the name of the transport that is used where none is named. */
    public static String usual() {
        return JdkUapiTransport.fits() ? JDK : JNR;
    }

    /**
     * Returns a transport.
     *
     * @param name {@link #JDK} or {@link #JNR}
     * @throws IOException if this system lacks it, or what it needs; {@link NativeAccess#unavailable} says what to do
     */
    public static UapiTransport of(String name) throws IOException {
        if (name.equals(JNR)) {
            if (!NativeAccess.isJnrHere()) {
                throw new JnrMissingException();
            }
            return new JnrUapiTransport();
        }
        if (!JdkUapiTransport.fits()) {
            throw new IOException("the Java runtime's own Unix sockets do for Linux only; choose " + JNR);
        }
        return new JdkUapiTransport();
    }
}
