package com.wasmcloud.httpserver.vertx;

import com.wasmcloud.httpserver.settings.HttpAddress;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.Http2ServerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.WebSocketServerConfig;

/** What Vert.x is told of a listener. */
record ServerConfig(HttpAddress address, int maxHeaderBytes) {
    private static final int LONGEST_REQUEST_LINE = 16 * 1024;
    private static final int MOST_STREAMS_OF_A_CONNECTION = 100;

    HttpServerConfig server() {
        return new HttpServerConfig()
                .setTcpHost(address.host())
                .setTcpPort(address.port())
                .setHttp1Config(http1())
                // there are no WebSockets, and their extensions would look into every message
                .setWebSocketConfig(new WebSocketServerConfig()
                        .setUsePerFrameCompression(false)
                        .setUsePerMessageCompression(false))
                .setHttp2Config(new Http2ServerConfig()
                        .setInitialSettings(new Http2Settings()
                                .setMaxHeaderListSize(maxHeaderBytes)
                                .setMaxConcurrentStreams(MOST_STREAMS_OF_A_CONNECTION)));
    }

    Http1ServerConfig http1() {
        return new Http1ServerConfig()
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                .setMaxHeaderSize(maxHeaderBytes);
    }
}
