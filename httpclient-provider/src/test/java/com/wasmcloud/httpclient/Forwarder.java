package com.wasmcloud.httpclient;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Makes a server of 127.0.0.1 one of 127.0.0.2 too, for tests in which one of them is out of bounds. */
final class Forwarder {
    private Forwarder() {}

    /** The port on 127.0.0.2, which serves one connection. */
    static int to(int port) {
        try {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"));
            thread(() -> {
                try (socket;
                        Socket client = socket.accept();
                        Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    thread(() -> copy(client, server));
                    copy(server, client);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException closed) {
            // by one side or the other
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "forwarder");
        thread.setDaemon(true);
        thread.start();
    }
}
