package com.wasmcloud.httpserver.settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * An address to listen on. Two are equal when they are the same socket, however they were written.
 *
 * @param ip an address of this machine, or the wildcard address
 */
public record HttpAddress(InetAddress ip, int port) {
    static final HttpAddress DEFAULT = new HttpAddress(InetAddress.getLoopbackAddress(), 8000);

    /** The wildcard. */
    public static final InetAddress EVERY_IP = new InetSocketAddress(0).getAddress();

    private static final String ADDRESS_FORM = "must be an IP address and a port, such as 0.0.0.0:8080 or [::1]:8080";
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** Reads {@code 127.0.0.1:8000} or {@code [::1]:8000}; throws {@link IllegalArgumentException} with what it must be. */
    static HttpAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || (text.indexOf(':') < colon && text.charAt(0) != '[')) {
            throw new IllegalArgumentException(ADDRESS_FORM);
        }
        return new HttpAddress(ip(text.substring(0, colon)), port(text.substring(colon + 1)));
    }

    /** Reads an IP address; names are not resolved, because the address of a name may change. */
    static InetAddress ip(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String digits = bracketed ? text.substring(1, text.length() - 1) : text;
        try {
            if (IPV4.matcher(text).matches() || digits.indexOf(':') >= 0) {
                return InetAddress.getByName(digits);
            }
        } catch (UnknownHostException e) {
            // reported below
        }
        throw new IllegalArgumentException("must be an IP address, such as 0.0.0.0, 127.0.0.1 or ::1");
    }

    static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new IllegalArgumentException("must have a port from 1 to 65535");
    }

    /** The same port of another IP address. */
    public HttpAddress withIp(InetAddress other) {
        return new HttpAddress(other, port);
    }

    /** The IP address as text, without brackets. */
    public String host() {
        return ip.getHostAddress();
    }

    @Override
    public String toString() {
        return (host().indexOf(':') < 0 ? host() : "[" + host() + "]") + ":" + port;
    }
}
