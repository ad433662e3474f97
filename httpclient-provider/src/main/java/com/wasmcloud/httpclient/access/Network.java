package com.wasmcloud.httpclient.access;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A range of IP addresses. An immutable value.
 *
 * @param address the first one
 * @param bits how many of its bits all have in common
 */
record Network(InetAddress address, int bits) {
    /** All that is not the public internet. */
    private static final List<Network> PRIVATE = all(
            "0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.0.0.0/24, 192.0.2.0/24,"
                    + " 192.88.99.0/24, 192.168.0.0/16, 198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24, 224.0.0.0/4,"
                    + " 240.0.0.0/4, ::/96, 64:ff9b:1::/48, 100::/64, 2001::/23, 2001:db8::/32, 2002::/16, 3fff::/20,"
                    + " 5f00::/16, fc00::/7, fe80::/10, fec0::/10, ff00::/8");

    private static final List<Network> LOOPBACK = all("127.0.0.0/8, 0.0.0.0/8, ::/127");

    /** Where clouds hand credentials to whoever asks from inside: link-local addresses, and the others of the large clouds. */
    private static final List<Network> METADATA =
            all("169.254.0.0/16, fe80::/10, fd00:ec2::254/128, 100.100.100.200/32, 168.63.129.16/32, 192.0.0.192/32");

    private static final List<Network> ANY = all("0.0.0.0/0, ::/0");

    /**
     * Reads one element of a list: a network such as {@code 10.0.0.0/8}, an address, or the name of several networks.
     *
     * @throws IllegalArgumentException with what it must be
     */
    static List<Network> parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "any" -> ANY;
            case "private" -> PRIVATE;
            case "loopback" -> LOOPBACK;
            case "metadata" -> METADATA;
            default -> List.of(one(text));
        };
    }

    private static List<Network> all(String texts) {
        return Stream.of(texts.split(",")).map(String::strip).map(Network::one).toList();
    }

    private static Network one(String text) {
        int slash = text.indexOf('/');
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        String bits = slash < 0 ? "" : text.substring(slash + 1);
        if (bytes == null || (slash >= 0 && !bits.matches("\\d{1,3}"))) {
            throw invalid();
        }
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            int longest = 8 * address.getAddress().length;
            int length = slash < 0 ? longest : Integer.parseInt(bits);
            if (length > longest) {
                throw invalid();
            }
            return new Network(address, length);
        } catch (UnknownHostException e) {
            throw invalid();
        }
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException(
                "must be a list of networks such as 10.0.0.0/8 or fd00::/8, addresses, and any, private, loopback or metadata");
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((mine[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
