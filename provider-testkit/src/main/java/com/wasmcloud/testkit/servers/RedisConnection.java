package com.wasmcloud.testkit.servers;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The little of a Redis client that looking into a test's own server takes; used by one thread. */
final class RedisConnection implements Closeable {
    private final SocketChannel channel;
    private final InputStream input;

    private RedisConnection(SocketChannel channel) {
        this.channel = channel;
        this.input = new BufferedInputStream(Channels.newInputStream(channel));
    }

    static RedisConnection to(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
        return new RedisConnection(channel);
    }

    /** Sends a command and reads the reply's parts; an error reply is thrown. */
    List<String> call(List<String> words) throws IOException {
        StringBuilder request = new StringBuilder("*").append(words.size()).append("\r\n");
        for (String word : words) {
            int size = word.getBytes(StandardCharsets.UTF_8).length;
            request.append('$').append(size).append("\r\n").append(word).append("\r\n");
        }
        ByteBuffer bytes = ByteBuffer.wrap(request.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        List<String> parts = new ArrayList<>();
        read(parts);
        return parts;
    }

    private void read(List<String> parts) throws IOException {
        String line = line();
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '+', ':' -> parts.add(rest);
            case '-' -> throw new IOException(rest);
            case '$' -> {
                int size = Integer.parseInt(rest);
                if (size >= 0) {
                    parts.add(new String(exactly(size), StandardCharsets.UTF_8));
                    exactly(2);
                }
            }
            case '*' -> {
                int size = Integer.parseInt(rest);
                for (int element = 0; element < size; element++) {
                    read(parts);
                }
            }
            default -> throw new IOException("a reply that begins with '%s'".formatted(line));
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\r'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended");
            }
            line.append((char) next);
        }
        exactly(1);
        if (line.isEmpty()) {
            throw new IOException("an empty line where a reply should begin");
        }
        return line.toString();
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = input.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the connection ended");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
