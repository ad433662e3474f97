package com.wasmcloud.httpclient;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.httpclient.ExchangeFailure.Phase;
import com.wasmcloud.httpclient.access.Addresses;
import com.wasmcloud.httpclient.access.Target;
import com.wasmcloud.provider.Spans;
import com.wasmcloud.provider.TraceContext;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.telemetry.Span;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call: a request, the redirects that it leads to, and the attempts that each takes. One step is under way at a time.
 */
final class Fetch {
    private static final int CONNECT_STEPS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Set<String> KNOWN_METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private final Means means;
    private final Failures failures;
    private final Spans spans;
    private final Map<String, String> trace;
    private final CompletableFuture<Response> result = new CompletableFuture<>();
    private volatile Outgoing current;
    private volatile @Nullable Exchange exchange;

    /** What the calls of a link have in common. */
    record Means(
            HttpClientSettings settings,
            LinkClient client,
            Addresses addresses,
            Optional<ProxyReach> proxy,
            Background background,
            Budget.Share memory,
            Spans spans) {}

    Fetch(Means means, Outgoing first) {
        this.means = means;
        this.failures = new Failures(means.settings);
        this.spans = means.spans.ofThisCall();
        this.trace = TraceContext.current();
        this.current = first;
    }

    /** Begins; what it returns fails with {@link RpcException} only. */
    CompletionStage<Response> start() {
        ScheduledFuture<?> end = means.background
                .clock()
                .schedule(
                        () -> fail(failures.late(current.target())),
                        means.settings.timeouts().request().toNanos(),
                        TimeUnit.NANOSECONDS);
        CompletionStage<Response> ended = result.whenComplete((response, failure) -> end.cancel(false));
        hop(current, 0);
        return ended;
    }

    private void fail(RpcException why) {
        Exchange begun = exchange;
        if (result.completeExceptionally(why) && begun != null) {
            begun.giveUp(why);
        }
    }

    /** Asks one server, whose addresses are looked up and checked now. */
    private void hop(Outgoing outgoing, int redirects) {
        current = outgoing;
        Hop hop = new Hop(outgoing, redirects, means.settings.proxy().filter(proxy -> proxy.isFor(outgoing.target())));
        try {
            outgoing.authority().ifPresent(means.settings.access()::checkHost);
            addresses(hop).whenComplete((addresses, failure) -> {
                if (failure != null) {
                    fail(failures.told(outgoing.target(), failure));
                } else {
                    attempt(hop, addresses, 0);
                }
            });
        } catch (RuntimeException e) {
            fail(failures.told(outgoing.target(), e));
        }
    }

    /** What to connect to: the server, or the proxy that is to connect to it. */
    private CompletionStage<List<InetAddress>> addresses(Hop hop) {
        if (hop.proxy.isEmpty()) {
            return means.addresses.of(hop.outgoing.target());
        }
        means.addresses.checkForProxy(hop.outgoing.target());
        return means.proxy.orElseThrow().addresses();
    }

    /**
     * A request to one server.
     *
     * @param redirects how many were followed to get there
     */
    private record Hop(Outgoing outgoing, int redirects, Optional<ProxySettings> proxy) {}

    /** @param failed how many attempts have failed; each goes to the next address */
    private void attempt(Hop hop, List<InetAddress> addresses, int failed) {
        if (result.isDone()) {
            return;
        }
        try {
            exchange(hop, addresses, failed);
        } catch (Throwable e) {
            fail(failures.told(hop.outgoing.target(), e));
        }
    }

    private void exchange(Hop hop, List<InetAddress> addresses, int failed) {
        Outgoing outgoing = hop.outgoing;
        Span span = begin(outgoing, failed);
        Exchange begun = new Exchange(
                outgoing,
                means.client,
                means.memory,
                means.settings.limits().responseBytes(),
                means.settings.manners().redirects() > 0);
        exchange = begun;
        begun.send(options(hop, addresses, failed), traceHeaders(span)).whenComplete((answer, failure) -> {
            end(span, answer, failure);
            try {
                if (answer != null) {
                    means.proxy.filter(reach -> hop.proxy.isPresent()).ifPresent(ProxyReach::works);
                    answered(hop, answer);
                } else {
                    failed(hop, addresses, failed + 1, failure);
                }
            } catch (Throwable e) {
                fail(failures.told(outgoing.target(), e));
            }
        });
        if (result.isDone()) { // in this very moment
            begun.giveUp(RpcException.of(Code.TIMEOUT, "given up"));
        }
    }

    private RequestOptions options(Hop hop, List<InetAddress> addresses, int failed) {
        Target target = hop.outgoing.target();
        RequestOptions options = new RequestOptions()
                .setMethod(hop.outgoing.method())
                .setSsl(target.secure())
                .setHost(target.host().text())
                .setPort(target.port())
                .setURI(target.pathAndQuery())
                .setFollowRedirects(false)
                .setConnectTimeout(
                        // later than the socket's own and that of TLS, which say more
                        CONNECT_STEPS * means.settings.timeouts().connect().toMillis())
                .setIdleTimeout(means.settings.timeouts().idle().toMillis());
        if (!target.secure()) {
            options.setProtocolVersion(HttpVersion.HTTP_1_1);
        }
        InetAddress address = addresses.get(failed % addresses.size());
        hop.proxy.ifPresentOrElse(
                proxy -> options.setProxyOptions(
                        proxy.options(address, means.settings.timeouts().connect())),
                () -> options.setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress())));
        return options;
    }

    private void failed(Hop hop, List<InetAddress> addresses, int failed, Throwable failure) {
        Outgoing outgoing = hop.outgoing;
        boolean connecting =
                Causes.unwrap(failure) instanceof ExchangeFailure exchanged && exchanged.phase() == Phase.CONNECTING;
        if (hop.proxy.isPresent() && Failures.isOfProxy(failure)) {
            means.proxy.ifPresent(reach -> reach.doubt(Causes.reason(failure)));
        }
        int most = Math.max(means.settings.manners().attempts(), connecting ? addresses.size() : 0);
        if (failed >= most || !Failures.mayBeTriedAgain(outgoing, failure)) {
            fail(failures.told(outgoing.target(), failure));
        } else if (failed < addresses.size() && connecting) {
            attempt(hop, addresses, failed);
        } else {
            means.background.after(pause(failed), () -> attempt(hop, addresses, failed));
        }
    }

    private static Duration pause(int failed) {
        long nanos = FIRST_PAUSE.toNanos() << Math.min(failed - 1, 6);
        return Duration.ofNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2));
    }

    private void answered(Hop hop, Answer answer) {
        if (answer.next().isPresent()) {
            answer.close();
            if (hop.redirects >= means.settings.manners().redirects()) {
                fail(RpcException.backend(
                        "sending request: " + hop.outgoing.target().origin() + " redirects once more after the "
                                + hop.redirects + " redirects of max_redirects",
                        null));
            } else {
                hop(answer.next().get(), hop.redirects + 1);
            }
            return;
        }
        Optional<Decompression.Kind> compression = hop.outgoing.decompress() ? answer.compression() : Optional.empty();
        Bytes body = body(answer);
        if (compression.isPresent() && !body.isEmpty()) {
            means.background.run(() -> decompress(hop, answer, compression.get(), body));
        } else {
            answer.close();
            result.complete(answer.response(body));
        }
    }

    private static Bytes body(Answer answer) {
        try {
            return answer.body().whole();
        } catch (RpcException e) {
            answer.close();
            throw new ExchangeFailure(Phase.READING, e);
        }
    }

    private void decompress(Hop hop, Answer answer, Decompression.Kind kind, Bytes body) {
        try (answer;
                CollectedBody plain = new CollectedBody(means.settings.limits().responseBytes(), means.memory)) {
            Decompression.undo(kind, body, plain);
            result.complete(answer.decompressed(plain.whole()));
        } catch (Throwable e) {
            fail(failures.told(hop.outgoing.target(), new ExchangeFailure(Phase.READING, e)));
        }
    }

    private Span begin(Outgoing outgoing, int failed) {
        String method = outgoing.method().name();
        boolean known = KNOWN_METHODS.contains(method); // an actor may invent methods
        Span span = spans.sent(known ? method : "HTTP")
                .attribute("http.request.method", known ? method : "_OTHER")
                .attribute("server.address", outgoing.target().host().text())
                .attribute("server.port", outgoing.target().port());
        return failed == 0 ? span : span.attribute("http.request.resend_count", failed);
    }

    private MultiMap traceHeaders(Span span) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (means.settings.manners().traceHeaders()) {
            span.context(trace).forEach((name, value) -> {
                if (HeaderText.isToken(name) && HeaderText.isValue(value)) {
                    headers.set(name, value);
                }
            });
        }
        return headers;
    }

    private static void end(Span span, @Nullable Answer answer, @Nullable Throwable failure) {
        if (answer == null) {
            span.end(failure == null ? null : Causes.root(Causes.unwrap(failure)));
            return;
        }
        span.attribute("http.response.status_code", answer.status());
        if (answer.status() >= 400) {
            span.fail(Integer.toString(answer.status()));
        } else {
            span.end(null);
        }
    }
}
