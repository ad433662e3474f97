package com.wasmcloud.httpserver;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A socket, for what no HTTP client would send. Reads for 20 seconds at the most. */
final class RawClient implements AutoCloseable {
    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    /** A response as it came; headers by lower-case name. */
    record Response(String statusLine, Map<String, String> headers, String body) {
        int status() {
            return Integer.parseInt(statusLine.split(" ", 3)[1]);
        }
    }

    static RawClient connect(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            return new RawClient(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends bytes, given as Latin-1. */
    RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends bytes, unless the server has closed the connection. */
    void trySend(String text) {
        try {
            send(text);
        } catch (UncheckedIOException closed) {
            // that is what the test waits for
        }
    }

    /** Whether a request gets an answer, and not a closed connection. */
    boolean isServed() {
        try {
            return !send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                    .response()
                    .statusLine()
                    .isEmpty();
        } catch (UncheckedIOException closed) {
            return false;
        }
    }

    /** Whether somebody listens there. */
    static boolean accepts(int port) {
        try (RawClient client = connect(port)) {
            return true;
        } catch (UncheckedIOException refused) {
            return false;
        }
    }

    /** Sends no more. */
    RawClient endOfRequest() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads one response whose length is announced. */
    Response response() {
        Response head = head();
        int length = Integer.parseInt(head.headers.getOrDefault("content-length", "0"));
        try {
            byte[] body = socket.getInputStream().readNBytes(length);
            return new Response(head.statusLine, head.headers, new String(body, StandardCharsets.ISO_8859_1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads the beginning of a response, up to the empty line. */
    Response head() {
        try {
            InputStream in = socket.getInputStream();
            String statusLine = line(in);
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String[] header = line.split(":", 2);
                headers.merge(header[0].toLowerCase(Locale.ROOT), header[1].strip(), (a, b) -> a + "|" + b);
            }
            return new Response(statusLine, headers, "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server closed the connection after '" + line + "'");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Everything until the server closes the connection. */
    String rest() {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
