package com.wasmcloud.benchmarks.baseline;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import io.nats.client.Connection;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Answers HTTP requests with the least work that has to be done to ask an actor: one signature, one NATS request. The
 * request is not translated, the envelope is always the same but for its signature, and the answer is not looked into.
 */
public final class BaselineHttp extends VerticleBase {
    private static final int EVENT_LOOPS = 2;

    private final Connection nats;
    private final String actor;
    private final int port;
    private final Template template;

    private BaselineHttp(Connection nats, String actor, int port, Template template) {
        this.nats = nats;
        this.actor = actor;
        this.port = port;
        this.template = template;
    }

    /**
     * Runs until it is told to stop.
     *
     * @param arguments NATS URL, subject, the actor's subject, port, an envelope in base64
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Member member = new Member(arguments[0]);
        Template template = new Template(Base64.getDecoder().decode(arguments[4]));
        Vertx.vertx()
                .deployVerticle(
                        () -> new BaselineHttp(member.nats(), arguments[2], Integer.parseInt(arguments[3]), template),
                        new DeploymentOptions().setInstances(EVENT_LOOPS))
                .onSuccess(deployed -> member.serve(arguments[1], call -> {}))
                .onFailure(Member::fail);
    }

    @Override
    public Future<?> start() {
        Router router = Router.router(vertx);
        router.get().handler(this::handle);
        return vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1");
    }

    private void handle(RoutingContext routing) {
        Future.fromCompletionStage(nats.request(actor, template.signed()), context)
                .onSuccess(reply -> routing.response()
                        .putHeader("content-type", "text/plain")
                        .end(HelloActor.BODY))
                .onFailure(routing::fail);
    }

    /** An envelope whose token gets a new signature each time. */
    private static final class Template {
        private static final int SIGNATURE_SIZE = 86;

        private final KeyPair key = KeyPair.generate(KeyRole.CLUSTER);
        private final byte[] envelope;
        private final byte[] signed;
        private final int signatureAt;

        Template(byte[] envelope) {
            this.envelope = envelope;
            String text = new String(envelope, StandardCharsets.ISO_8859_1);
            int start = text.indexOf("eyJ"); // every token begins so: it is the start of a JSON object in base64
            int dot = text.indexOf('.', text.indexOf('.', start) + 1);
            signed = text.substring(start, dot).getBytes(StandardCharsets.US_ASCII);
            signatureAt = dot + 1;
        }

        byte[] signed() {
            byte[] copy = envelope.clone();
            byte[] signature = Base64.getUrlEncoder().withoutPadding().encode(key.sign(signed));
            System.arraycopy(signature, 0, copy, signatureAt, SIGNATURE_SIZE);
            return copy;
        }
    }
}
