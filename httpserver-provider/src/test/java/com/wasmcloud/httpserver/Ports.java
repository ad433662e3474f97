package com.wasmcloud.httpserver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of loopback, from below the range that the system gives to outgoing connections. */
public final class Ports {
    private Ports() {}

    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = occupy(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // another one then
            }
        }
    }

    /** Takes a port, so that nobody else can listen there until it is closed. */
    static ServerSocket occupy(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }
}
