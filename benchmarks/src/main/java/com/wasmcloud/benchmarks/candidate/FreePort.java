package com.wasmcloud.benchmarks.candidate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port that a candidate can listen on. */
public final class FreePort {
    private FreePort() {}

    /** A port of loopback that nobody has at this moment. */
    public static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
