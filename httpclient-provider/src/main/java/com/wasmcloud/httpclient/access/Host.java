package com.wasmcloud.httpclient.access;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * The host of a URL in its one canonical form, whatever way it was written: letter case, percent encoding, full-width digits,
 * and addresses in hexadecimal, octal, or with fewer than four parts make no difference. An immutable value.
 *
 * @param text a name in lower-case ASCII without a dot at the end, or an address; brackets around one of IPv6
 * @param address if the host is given as an address
 */
public record Host(String text, Optional<InetAddress> address) {
    private static final int LONGEST_NAME = 253;

    /**
     * Reads a host as it stands in a URL.
     *
     * @throws IllegalArgumentException with the end of a sentence, which does not quote it
     */
    public static Host parse(String written) {
        if (written.startsWith("[") && written.endsWith("]")) {
            return ofAddress(NetUtil.createByteArrayFromIpAddressString(
                    written.indexOf('%') < 0 ? written.substring(1, written.length() - 1) : ""));
        }
        String name = ascii(PercentEncoding.decode(written)).toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (Ipv4Text.isMeantByName(name)) {
            return ofAddress(Ipv4Text.parse(name));
        }
        if (name.isEmpty() || name.length() > LONGEST_NAME || !name.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*")) {
            throw invalid();
        }
        return new Host(name, Optional.empty());
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static Host ofAddress(byte[] bytes) {
        if (bytes == null) {
            throw invalid();
        }
        try {
            InetAddress address = InetAddress.getByAddress(bytes); // IPv4 inside IPv6 becomes IPv4 here
            String text = NetUtil.toAddressString(address);
            return new Host(text.indexOf(':') < 0 ? text : "[" + text + "]", Optional.of(address));
        } catch (UnknownHostException e) {
            throw invalid();
        }
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException("its host is not valid");
    }

    /** Whether it means the machine itself, whatever a name server says (RFC 6761). */
    boolean isLocalhost() {
        return text.equals("localhost") || text.endsWith(".localhost");
    }

    @Override
    public String toString() {
        return text;
    }
}
