package io.wgsd.relay;

/**
 * What a {@link TlsCarrier} has done since it was started. Immutable and thread-safe.
 *
 * @param open how many connections there are
 * @param accepted how many connections were begun
 * @param refused how many connections were refused, since there are limits, or gave way to others
 * @param received how many packets came over TLS
 * @param sent how many packets were to go over TLS
 * @param late how many of these were dropped, because they had waited for more than 50 ms
 */
public record TlsCarrierStats(long open, long accepted, long refused, long received, long sent, long late) {}
