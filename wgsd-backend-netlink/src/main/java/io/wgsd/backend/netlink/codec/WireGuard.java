package io.wgsd.backend.netlink.codec;

/** The numbers of the kernel's WireGuard: include/uapi/linux/wireguard.h. */
final class WireGuard {

    static final String GENL_NAME = "wireguard";
    static final int GENL_VERSION = 1;

    static final int CMD_GET_DEVICE = 0;
    static final int CMD_SET_DEVICE = 1;

    static final int KEY_LENGTH = 32;

    /** MAX_PEERS_PER_DEVICE of drivers/net/wireguard/messages.h. */
    static final int MAX_PEERS = 1 << 20;

    static final int DEVICE_A_IFNAME = 2;
    static final int DEVICE_A_PRIVATE_KEY = 3;
    static final int DEVICE_A_PUBLIC_KEY = 4;
    static final int DEVICE_A_FLAGS = 5;
    static final int DEVICE_A_LISTEN_PORT = 6;
    static final int DEVICE_A_FWMARK = 7;
    static final int DEVICE_A_PEERS = 8;

    static final int DEVICE_F_REPLACE_PEERS = 1;

    static final int PEER_A_PUBLIC_KEY = 1;
    static final int PEER_A_PRESHARED_KEY = 2;
    static final int PEER_A_FLAGS = 3;
    static final int PEER_A_ENDPOINT = 4;
    static final int PEER_A_PERSISTENT_KEEPALIVE_INTERVAL = 5;
    static final int PEER_A_LAST_HANDSHAKE_TIME = 6;
    static final int PEER_A_RX_BYTES = 7;
    static final int PEER_A_TX_BYTES = 8;
    static final int PEER_A_ALLOWEDIPS = 9;

    static final int PEER_F_REMOVE_ME = 1;
    static final int PEER_F_REPLACE_ALLOWEDIPS = 2;
    static final int PEER_F_UPDATE_ONLY = 4;

    static final int ALLOWEDIP_A_FAMILY = 1;
    static final int ALLOWEDIP_A_IPADDR = 2;
    static final int ALLOWEDIP_A_CIDR_MASK = 3;

    /** Since Linux 6.16; to older kernels an unknown attribute, which they refuse. */
    static final int ALLOWEDIP_A_FLAGS = 4;

    static final int ALLOWEDIP_F_REMOVE_ME = 1;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    /** The length of struct sockaddr_in: u16 family, u16 port, 4 bytes of address, padding. */
    static final int SOCKADDR_IN = 16;

    /** The length of struct sockaddr_in6: u16 family, u16 port, u32 flow, 16 bytes of address, u32 scope. */
    static final int SOCKADDR_IN6 = 28;

    private WireGuard() {}
}
