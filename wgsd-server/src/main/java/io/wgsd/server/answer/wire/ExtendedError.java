package io.wgsd.server.answer.wire;

import org.xbill.DNS.ExtendedErrorCodeOption;

/** Why there is no better answer, for people who look at it (RFC 8914). */
public enum ExtendedError {
    NOT_READY(ExtendedErrorCodeOption.NOT_READY, "the WireGuard device has not been read yet"),
    EXPIRED(ExtendedErrorCodeOption.NOT_READY, "the WireGuard device has not been read for too long"),
    STALE(ExtendedErrorCodeOption.STALE_ANSWER, "the WireGuard device cannot be read now"),
    STALE_ABSENCE(ExtendedErrorCodeOption.STALE_NXDOMAIN_ANSWER, "the WireGuard device cannot be read now"),
    PROHIBITED(ExtendedErrorCodeOption.PROHIBITED, "you are neither a peer nor allowed otherwise"),
    LIST_PROHIBITED(ExtendedErrorCodeOption.PROHIBITED, "the list of peers is for peers; ask for a key you know"),
    NO_TRANSFER(ExtendedErrorCodeOption.PROHIBITED, "transfers are for those who are allowed them by name"),
    LIST_CUT(ExtendedErrorCodeOption.OTHER, "more peers than one list holds; see the lists below _sub, as a._sub"),
    NOT_AUTHORITATIVE(ExtendedErrorCodeOption.NOT_AUTHORITATIVE, "not a name of this zone");

    private final int code;
    private final String text;

    ExtendedError(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public String text() {
        return text;
    }

    public ExtendedErrorCodeOption option() {
        return new ExtendedErrorCodeOption(code, text);
    }
}
