package com.wasmcloud.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.provider.support.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class NativeThreadsTest {
    @Test
    void areThoseThatWaitForSockets() throws IOException, InterruptedException {
        Thread reader;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            reader = new Thread(() -> accept(server), "reads-a-socket");
            reader.start();
            while (!NativeThreads.names().contains("reads-a-socket")) {
                Thread.onSpinWait();
            }
        }
        reader.join();
        assertThat(NativeThreads.names()).doesNotContain("reads-a-socket", "Reference Handler");
    }

    @Test
    void areNotThoseThatWaitForOthers() throws InterruptedException {
        Thread parked = Threads.daemons("parked").newThread(LockSupport::park);
        parked.start();
        while (parked.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(NativeThreads.names()).doesNotContain(parked.getName());
        LockSupport.unpark(parked);
        parked.join();
    }

    private static void accept(ServerSocket server) {
        try {
            server.accept().close();
        } catch (IOException e) {
            assertThat(server.isClosed()).isTrue();
        }
    }
}
