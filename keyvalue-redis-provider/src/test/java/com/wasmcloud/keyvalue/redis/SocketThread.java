package com.wasmcloud.keyvalue.redis;

import java.io.IOException;

/** A daemon thread that talks to sockets until one of them is closed. */
final class SocketThread {
    private SocketThread() {}

    interface Work {
        void run() throws IOException;
    }

    static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException over) {
                        // a peer has hung up, or the test is over
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
