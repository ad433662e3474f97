package com.wasmcloud.keyvalue.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens where Redis should be, and answers each command as the test says. */
final class FakeRedis implements AutoCloseable {
    private final ServerSocket listener;
    private final Answers answers;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final List<List<String>> commands = new CopyOnWriteArrayList<>();

    /** Writes the answer to a command, given as its words. */
    @FunctionalInterface
    interface Answers {
        void answer(List<String> words, OutputStream to) throws IOException;
    }

    private FakeRedis(Answers answers) {
        this.answers = answers;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SocketThread.start("fake-redis", this::accept);
    }

    static FakeRedis answering(Answers answers) {
        return new FakeRedis(answers);
    }

    String url() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** The names of the commands that have come, in their order. */
    List<String> commands() {
        return commands.stream().map(words -> words.get(0)).toList();
    }

    static void write(OutputStream to, String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = listener.accept();
            sockets.add(socket);
            SocketThread.start("fake-redis", () -> serve(socket));
        }
    }

    private void serve(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            List<String> words = new ArrayList<>();
            for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
                in.readLine(); // the length of the word
                words.add(in.readLine());
            }
            commands.add(words);
            answers.answer(words, socket.getOutputStream());
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
