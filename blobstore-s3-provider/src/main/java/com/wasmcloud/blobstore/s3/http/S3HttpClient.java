package com.wasmcloud.blobstore.s3.http;

import com.wasmcloud.provider.support.HostNames;
import io.netty.channel.EventLoopGroup;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * The HTTP client of one link: a pool of keep-alive connections for each server that it talks to. What it hands to the
 * subscriber of a body is valid only until {@code onNext} returns, which spares a copy and is all that the SDK needs.
 *
 * <p>Thread-safe; nothing blocks. Closing it closes every socket, those that are being connected included, and fails what
 * is under way. The event loops are its caller's.
 */
public final class S3HttpClient implements SdkAsyncHttpClient {
    private final HttpClientOptions options;
    private final EventLoopGroup loops;
    private final Connector connector;
    private final Map<Server, Pool> pools = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private S3HttpClient(HttpClientOptions options, EventLoopGroup loops, HostNames names) {
        this.options = options;
        this.loops = loops;
        this.connector = new Connector(options, names, loops);
    }

    /** Makes a client without connections. */
    public static S3HttpClient create(HttpClientOptions options, EventLoopGroup loops, HostNames names) {
        return new S3HttpClient(options, loops, names);
    }

    @Override
    public String clientName() {
        return "netty";
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        Exchange exchange = new Exchange(request);
        Server server = Server.of(request.request());
        while (!closed) {
            Pool pool = pools.computeIfAbsent(server, key -> new Pool(key, options, connector, loops, this::forget));
            if (pool.submit(exchange)) {
                return exchange.result();
            }
        }
        exchange.fail(new ConnectionLostException("the client is closed"));
        return exchange.result();
    }

    private void forget(Pool unused) {
        pools.values().remove(unused);
    }

    @Override
    public void close() {
        closed = true;
        pools.values().forEach(Pool::close);
        connector.close();
    }
}
