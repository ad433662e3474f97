package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.candidate.Load;
import com.wasmcloud.benchmarks.candidate.QuietEvents;
import com.wasmcloud.benchmarks.candidate.Sample;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A load that a program makes itself when it is told to, as {@link com.wasmcloud.benchmarks.baseline.PlainSdk} does. */
final class RemoteLoad implements Load {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Connection nats;
    private final String subject;
    private final String call;

    private RemoteLoad(Connection nats, String subject, String call) {
        this.nats = nats;
        this.subject = subject;
        this.call = call;
    }

    static RemoteLoad open(String natsUrl, String subject, String call) throws IOException, InterruptedException {
        Connection nats = Nats.connect(new Options.Builder()
                .server(natsUrl)
                .connectionName("load")
                .errorListener(new QuietEvents())
                .build());
        return new RemoteLoad(nats, subject, call);
    }

    @Override
    public Sample run(int callers, Duration duration) throws InterruptedException {
        String order = "%s;%d;%d".formatted(call, callers, duration.toNanos());
        Message reply = nats.request(subject, order.getBytes(StandardCharsets.UTF_8), duration.plus(PATIENCE));
        if (reply == null) {
            throw new IllegalStateException("no answer from " + subject);
        }
        return Sample.parse(new String(reply.getData(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws InterruptedException {
        nats.close();
    }
}
