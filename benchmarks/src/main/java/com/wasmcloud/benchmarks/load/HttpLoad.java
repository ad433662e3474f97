package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.candidate.Load;
import com.wasmcloud.benchmarks.candidate.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Callers that send the same GET over and over, each on a connection of its own that is kept alive. One thread serves
 * them all, and looks no deeper into an answer than its status and length.
 */
final class HttpLoad implements Load {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InetSocketAddress address;
    private final byte[] request;
    private final int bodySize;
    private final SlowClients slow;

    /**
     * Calls a port of loopback; every answer must have status 200 and a body of so many bytes.
     *
     * @param slowClients how many slow clients are there besides
     */
    HttpLoad(int port, String path, int bodySize, int slowClients) {
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        slow = new SlowClients(address, slowClients);
        request = ("GET " + path + " HTTP/1.1\r\nhost: 127.0.0.1:" + port
                        + "\r\nuser-agent: load\r\naccept: */*\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        this.bodySize = bodySize;
    }

    @Override
    public Sample run(int callers, Duration duration) throws IOException {
        try (Selector selector = Selector.open()) {
            Caller[] all = new Caller[callers];
            try {
                for (int i = 0; i < callers; i++) {
                    all[i] = new Caller(selector);
                }
                return run(selector, all, duration);
            } finally {
                for (Caller caller : all) {
                    if (caller != null) {
                        caller.channel.close();
                    }
                }
            }
        }
    }

    private Sample run(Selector selector, Caller[] all, Duration duration) throws IOException {
        Sample.Recorder latencies = new Sample.Recorder();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        for (Caller caller : all) {
            caller.send();
        }
        int calling = all.length;
        long now = start;
        while (calling > 0) {
            if (selector.select(PATIENCE.toMillis()) == 0) {
                throw new IllegalStateException(address + " did not answer within " + PATIENCE.toSeconds() + " s");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Caller caller = (Caller) key.attachment();
                if (caller.receive()) {
                    now = System.nanoTime();
                    latencies.add(now - caller.sentAt);
                    if (now < end) {
                        caller.send();
                    } else {
                        calling--;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return latencies.finish(Duration.ofNanos(now - start));
    }

    @Override
    public void close() throws InterruptedException {
        slow.close(); // every run closes its own connections
    }

    private final class Caller {
        final SocketChannel channel;
        private final ByteBuffer toSend = ByteBuffer.wrap(request);
        private final ByteBuffer received = ByteBuffer.allocate(16 * 1024);
        private int answerSize;
        long sentAt;

        Caller(Selector selector) throws IOException {
            channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send() throws IOException {
            toSend.rewind();
            sentAt = System.nanoTime();
            channel.write(toSend);
            if (toSend.hasRemaining()) { // a socket without anything in flight takes a small request whole
                throw new IllegalStateException(address + " took only a part of a request");
            }
        }

        /** Reads what is there; true when the answer is complete. */
        boolean receive() throws IOException {
            if (channel.read(received) < 0) {
                throw new IllegalStateException(address + " closed a connection: " + text());
            }
            if (answerSize == 0) {
                answerSize = answerSize();
            }
            if (answerSize == 0 || received.position() < answerSize) {
                return false;
            }
            received.clear();
            answerSize = 0;
            return true;
        }

        /** Size of head and body as the head says, 0 while the head is not complete. */
        private int answerSize() {
            byte[] bytes = received.array();
            int size = received.position();
            for (int i = 0; i + HEAD_END.length <= size; i++) {
                if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                    return i + HEAD_END.length + bodySize(i);
                }
            }
            return 0;
        }

        private int bodySize(int headSize) {
            String head = new String(received.array(), 0, headSize, StandardCharsets.US_ASCII);
            Matcher length = LENGTH.matcher(head);
            if (!head.startsWith("HTTP/1.1 200 ") || !length.find() || Integer.parseInt(length.group(1)) != bodySize) {
                throw new IllegalStateException(address + " answered wrongly: " + text());
            }
            return bodySize;
        }

        private String text() {
            return new String(received.array(), 0, received.position(), StandardCharsets.US_ASCII);
        }
    }
}
