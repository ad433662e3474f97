package com.wasmcloud.blobstore.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy that makes tunnels and notes what it was asked. Closing it drops them. */
final class FakeProxy implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private interface Step {
        void run() throws IOException;
    }

    FakeProxy() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(() -> {
            while (true) {
                Socket client = server.accept();
                sockets.add(client);
                run(() -> tunnel(client));
            }
        });
    }

    private void run(Step step) {
        threads.execute(() -> {
            try {
                step.run();
            } catch (IOException closed) {
                // as one does to the other, and as the test does in the end
            }
        });
    }

    private void tunnel(Socket client) throws IOException {
        InputStream input = new BufferedInputStream(client.getInputStream());
        String head = head(input);
        heads.add(head);
        int begin = head.indexOf(' ') + 1;
        String target = head.substring(begin, head.indexOf(' ', begin));
        int colon = target.lastIndexOf(':');
        Socket far = new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
        sockets.add(far);
        client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        run(() -> far.getInputStream().transferTo(client.getOutputStream()));
        input.transferTo(far.getOutputStream());
    }

    private static String head(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("ended early");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    int port() {
        return server.getLocalPort();
    }

    /** What it was asked so far. */
    List<String> heads() {
        return new ArrayList<>(heads);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
