package com.wasmcloud.httpclient.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The IPv4 addresses that an IPv6 address stands for, where a gateway or the system translates it. */
final class EmbeddedIpv4 {
    private EmbeddedIpv4() {}

    /** Empty when there is none; the mapped ones, {@code ::ffff:1.2.3.4}, are IPv4 to Java from the start. */
    static List<InetAddress> in(InetAddress address) {
        List<InetAddress> inside = new ArrayList<>();
        if (!(address instanceof Inet6Address)) {
            return inside;
        }
        byte[] bytes = address.getAddress();
        if (beginsWith(bytes, 0x00, 0x64, 0xff, 0x9b) || isCompatible(bytes) || isIsatap(bytes)) {
            inside.add(ipv4(bytes, 12, 0));
        }
        if (beginsWith(bytes, 0x20, 0x02)) { // 6to4
            inside.add(ipv4(bytes, 2, 0));
        }
        if (beginsWith(bytes, 0x20, 0x01, 0x00, 0x00)) { // Teredo: its server, and the client with every bit turned
            inside.add(ipv4(bytes, 4, 0));
            inside.add(ipv4(bytes, 12, 0xff));
        }
        return inside;
    }

    private static boolean beginsWith(byte[] bytes, int... begin) {
        for (int i = 0; i < begin.length; i++) {
            if ((bytes[i] & 0xff) != begin[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCompatible(byte[] bytes) {
        return Arrays.equals(bytes, 0, 12, new byte[12], 0, 12);
    }

    private static boolean isIsatap(byte[] bytes) {
        return (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && (bytes[11] & 0xff) == 0xfe;
    }

    private static InetAddress ipv4(byte[] bytes, int from, int mask) {
        byte[] four = new byte[4];
        for (int i = 0; i < four.length; i++) {
            four[i] = (byte) (bytes[from + i] ^ mask);
        }
        try {
            return InetAddress.getByAddress(four);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for another length
        }
    }
}
