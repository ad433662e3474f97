package com.wasmcloud.demo;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.httpserver.HttpServer;
import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.logging.Logging;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts under {@code /api/counter/NAME} and keeps files under {@code /files/NAME}. Thread-safe; owns nothing. */
final class DemoActor implements HttpServer {
    private static final Pattern COUNTER = Pattern.compile("/api/counter/([^/]+)");
    private static final Pattern FILE = Pattern.compile("/files/([^/.][^/]{0,199})");
    private static final String HELP =
            "there is nothing here; try GET /api/counter/NAME, or PUT, GET and DELETE /files/NAME, with any name";

    private final Counters counters;
    private final FileShelf files;
    private final Witness witness;

    /** Sees every request and its answer. */
    interface Witness {
        void answered(HttpRequest request, HttpResponse response, Duration took);
    }

    DemoActor(KeyValue keyValue, Blobstore blobstore, Logging logging, Witness witness) {
        ActorLog log = new ActorLog(logging);
        this.counters = new Counters(keyValue, log);
        this.files = new FileShelf(blobstore, log);
        this.witness = witness;
    }

    @Override
    public CompletionStage<HttpResponse> handleRequest(HttpRequest request) {
        long begin = System.nanoTime();
        return CompletableFuture.completedFuture(request)
                .thenCompose(this::answer)
                .exceptionally(Answers::failure)
                .thenApply(response -> {
                    witness.answered(request, response, Duration.ofNanos(System.nanoTime() - begin));
                    return response;
                });
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request) {
        Matcher counter = COUNTER.matcher(request.path());
        if (counter.matches() && request.method().equals("GET")) {
            return counters.count(counter.group(1));
        }
        Matcher file = FILE.matcher(request.path());
        return file.matches()
                ? files.handle(request, file.group(1))
                : CompletableFuture.completedFuture(Answers.error(404, HELP));
    }
}
