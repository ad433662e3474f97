package com.wasmcloud.logging;

import com.wasmcloud.testkit.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An output that works, blocks, fails or refuses as a test wants it. */
final class SlowOutput implements Output {
    private final List<String> written = new ArrayList<>();
    private @Nullable Throwable failure;
    private String refused = "";
    private boolean blocking;
    private boolean blocked;
    private boolean closed;
    private int writes;
    private int attempts;

    synchronized void works() {
        blocking = false;
        failure = null;
        notifyAll();
    }

    synchronized void blocks() {
        blocking = true;
    }

    synchronized void fails(String reason) {
        failure = new IOException(reason);
    }

    /** Throws something that is no exception. */
    synchronized void breaks(Error error) {
        failure = error;
    }

    synchronized void refuses(String entry) {
        refused = entry;
    }

    void awaitBlocked() {
        Await.until("the output blocks", () -> {
            synchronized (this) {
                return blocked;
            }
        });
    }

    synchronized List<String> written() {
        return List.copyOf(written);
    }

    /** How often it was tried, with success or not. */
    synchronized int attempts() {
        return attempts;
    }

    synchronized int writes() {
        return writes;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void open() throws IOException {
        attempts++;
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof IOException exception) {
            throw exception;
        }
    }

    @Override
    public synchronized int write(List<Entry> entries) throws IOException {
        open();
        while (blocking) {
            blocked = true;
            try {
                wait();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody may interrupt the thread of an output", e);
            }
        }
        blocked = false;
        List<String> texts = entries.stream().map(entry -> entry.line().text()).toList();
        if (texts.contains(refused)) {
            throw new RefusedException("it is " + refused);
        }
        writes++;
        written.addAll(texts);
        return entries.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
