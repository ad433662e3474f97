package com.wasmcloud.logging;

import com.wasmcloud.testkit.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An output that works, blocks, fails or refuses as a test wants it. */
final class SlowOutput implements Output<String> {
    private final List<String> written = new ArrayList<>();
    private @Nullable String failure;
    private String refused = "";
    private boolean blocking;
    private boolean blocked;
    private boolean closed;
    private int writes;

    synchronized void works() {
        blocking = false;
        failure = null;
        notifyAll();
    }

    synchronized void blocks() {
        blocking = true;
    }

    synchronized void fails(String reason) {
        failure = reason;
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

    synchronized int writes() {
        return writes;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void open() throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
    }

    @Override
    public synchronized int write(List<String> entries) throws IOException {
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
        if (entries.contains(refused)) {
            throw new RefusedException("it is " + refused);
        }
        writes++;
        written.addAll(entries);
        return entries.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
