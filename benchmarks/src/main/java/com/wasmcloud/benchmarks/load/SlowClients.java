package com.wasmcloud.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that each send a byte of a request twice a second and never finish it; one that is cut off comes back. They
 * should cost those beside them nothing. Has a thread of its own until it is closed.
 */
final class SlowClients implements AutoCloseable {
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(500);
    private static final byte[] BEGINNING =
            "GET / HTTP/1.1\r\nhost: slow\r\nx-slow: ".getBytes(StandardCharsets.US_ASCII);

    private final InetSocketAddress address;
    private final List<SocketChannel> connections = new ArrayList<>();
    private final Thread thread;

    SlowClients(InetSocketAddress address, int count) {
        this.address = address;
        thread = new Thread(() -> run(count), "slow-clients");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(int count) {
        try {
            while (true) {
                while (connections.size() < count) {
                    connections.add(connected());
                }
                connections.removeIf(connection -> !sendsAByte(connection));
                Thread.sleep(BETWEEN_BYTES.toMillis());
            }
        } catch (InterruptedException | IOException e) {
            connections.removeIf(connection -> closes(connection));
        }
    }

    private SocketChannel connected() throws IOException {
        SocketChannel connection = SocketChannel.open(address);
        connection.configureBlocking(false);
        connection.write(ByteBuffer.wrap(BEGINNING));
        return connection;
    }

    private static boolean sendsAByte(SocketChannel connection) {
        try {
            connection.write(ByteBuffer.wrap(new byte[] {'x'}));
            return true;
        } catch (IOException cutOff) {
            return !closes(connection);
        }
    }

    private static boolean closes(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close a connection", e);
        }
        return true;
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
