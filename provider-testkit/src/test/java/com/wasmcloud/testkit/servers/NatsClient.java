package com.wasmcloud.testkit.servers;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A NATS client of a few lines, so that servers are tested by something that is not the client of the providers. */
final class NatsClient implements Closeable {
    private final Socket plain;
    private final Socket socket;
    private final BufferedReader input;
    private final String info;

    private NatsClient(Socket plain, Socket socket, String info) throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.info = info;
        this.input = reader(socket);
    }

    static NatsClient plain(int port) throws IOException {
        Socket socket = connected(port);
        return new NatsClient(socket, socket, firstLine(socket));
    }

    static NatsClient secure(int port, SSLContext context) throws IOException {
        Socket plain = connected(port);
        String info = firstLine(plain);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
        socket.startHandshake();
        return new NatsClient(plain, socket, info);
    }

    /** What the server said of itself first. */
    String info() {
        return info;
    }

    /** Connects with these options, as JSON, and gives the server's answer to the ping that follows. */
    String connect(String options) throws IOException {
        OutputStream output = socket.getOutputStream();
        output.write("CONNECT %s\r\nPING\r\n".formatted(options).getBytes(StandardCharsets.UTF_8));
        output.flush();
        return input.readLine();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        plain.close();
    }

    private static Socket connected(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
        return socket;
    }

    /** Reads no byte more than the line, as TLS may begin after it. */
    private static String firstLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read(); next >= 0 && next != '\n'; ) {
            line.append((char) next);
            next = socket.getInputStream().read();
        }
        return line.toString();
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }
}
