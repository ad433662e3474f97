package com.wasmcloud.blobstore.s3.http;

import java.util.Locale;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Where a request goes. An immutable value. */
record Server(boolean tls, String host, int port) {
    static Server of(SdkHttpRequest request) {
        return new Server(request.protocol().equalsIgnoreCase("https"), name(request.host()), request.port());
    }

    /** Without the brackets of an IPv6 address. */
    private static String name(String host) {
        String name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    /** As in the request line of {@code CONNECT}. */
    String authority() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
