package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.testkit.Await;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.Endpoint;
import io.lettuce.core.resource.ClientResources;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in pieces of any size, before the client's own decoder. */
class ReplyLimitsTest {
    private static final int MEMORY = 4 * ReplyLimits.LARGE;
    private static final ClientResources RESOURCES = ClientResources.create();

    private final Budget budget = new Budget(MEMORY);
    private final EmbeddedChannel channel = new EmbeddedChannel(new ReplyLimits(budget.share()), new Decoder());
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream();

    @AfterAll
    static void shutDown() {
        RESOURCES.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64, 1000, ReplyLimits.LARGE, 1_000_000})
    void answersOfAllKindsArriveInPiecesOfAnySize(int piece) {
        Request<byte[]> status = sent(value());
        Request<byte[]> small = sent(value());
        Request<byte[]> nothing = sent(value());
        Request<byte[]> large = sent(value());
        Request<Long> number = sent(Commands.number(CommandType.INCRBY, Commands.arguments()));
        Request<List<byte[]>> mixed = sent(values());
        Request<List<byte[]>> none = sent(values());
        Request<byte[]> failing = sent(value());
        Request<byte[]> empty = sent(value());
        reply("+OK\r\n");
        reply("$5\r\nhe\r\no\r\n");
        reply("$-1\r\n");
        replyString(ReplyLimits.LARGE + 1, 'x');
        reply(":-42\r\n");
        reply("*5\r\n");
        replyString(3, 'a');
        replyString(ReplyLimits.LARGE, 'b');
        reply("$0\r\n\r\n");
        replyString(ReplyLimits.LARGE - 1, 'c');
        reply(":7\r\n");
        reply("*0\r\n");
        reply("-ERR some failure\r\n");
        reply("$0\r\n\r\n");

        arrive(piece);

        assertThat(text(Await.result(status))).isEqualTo("OK");
        assertThat(text(Await.result(small))).isEqualTo("he\r\no");
        assertThat(Await.result(nothing)).isNull();
        assertThat(Await.result(large)).isEqualTo(string(ReplyLimits.LARGE + 1, 'x'));
        assertThat(Await.result(number)).isEqualTo(-42);
        assertThat(Await.result(mixed))
                .containsExactly(
                        string(3, 'a'),
                        string(ReplyLimits.LARGE, 'b'),
                        new byte[0],
                        string(ReplyLimits.LARGE - 1, 'c'));
        assertThat(Await.result(none)).isEmpty();
        assertThat(catchThrowable(() -> Await.result(failing))).hasMessage("ERR some failure");
        assertThat(Await.result(empty)).isEmpty();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aStringThatThereIsNoRoomForFailsBeforeItArrivesAndTheNextAnswersAreRead() {
        Request<byte[]> tooLarge = sent(value());
        Request<byte[]> next = sent(value());
        reply("$" + (MEMORY + 1) + "\r\n");
        arrive(1000);

        assertThat(catchThrowable(() -> Await.result(tooLarge)))
                .isInstanceOf(RpcException.class)
                .hasMessageStartingWith("overloaded: ");

        replies.writeBytes(string(MEMORY + 1, 'x'));
        reply("\r\n$4\r\nnext\r\n");
        arrive(1000);
        assertThat(text(Await.result(next))).isEqualTo("next");
        assertThat(budget.used()).isZero();
    }

    @Test
    void whatIsOnItsWayIsCountedUntilItHasArrived() {
        Request<byte[]> request = sent(value());
        reply("$" + MEMORY + "\r\n");
        arrive(1000);
        assertThat(budget.used()).isEqualTo(MEMORY);

        replies.writeBytes(string(MEMORY, 'x'));
        reply("\r\n");
        arrive(100_000);
        assertThat(Await.result(request)).hasSize(MEMORY);
        assertThat(budget.used()).isZero();
    }

    @Test
    void whatArrivesAfterItsTimeIsNotKept() {
        Request<byte[]> late = sent(value());
        Request<byte[]> next = sent(value());
        reply("$" + MEMORY + "\r\n");
        arrive(1000);

        late.abandon(new IllegalStateException("late"));
        assertThat(budget.used()).isZero();

        replies.writeBytes(string(MEMORY, 'x'));
        reply("\r\n+OK\r\n");
        arrive(1000);
        assertThat(text(Await.result(next))).isEqualTo("OK");
        assertThat(budget.used()).isZero();
    }

    @Test
    void manySmallStringsAreCountedTogether() {
        Request<List<byte[]>> fits = sent(values());
        Request<List<byte[]>> tooMany = sent(values());
        Request<List<byte[]>> next = sent(values());
        replyStrings(MEMORY / 200);
        replyStrings(MEMORY / 100);
        replyStrings(3);

        arrive(10_000);

        assertThat(Await.result(fits)).hasSize(MEMORY / 200);
        assertThat(catchThrowable(() -> Await.result(tooMany))).hasMessageStartingWith("overloaded: ");
        assertThat(Await.result(next)).hasSize(3);
        assertThat(budget.used()).isZero();
    }

    @Test
    void anArrayThatIsOnlyAnnouncedTakesNothing() {
        Request<List<byte[]>> unused = sent(values());
        reply("*2147483000\r\n");

        arrive(1000);

        assertThat(budget.used()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", "$12x\r\n", "$99999999999\r\n", "$00000000000000000000000001"
            })
    void whatRedisDoesNotSayClosesTheConnection(String nonsense) {
        Request<byte[]> unused = sent(value());
        reply(nonsense);

        arrive(1000);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aLineWithoutAnEndClosesTheConnection() {
        Request<byte[]> unused = sent(value());
        reply("-");
        replies.writeBytes(string(200_000, 'x'));

        arrive(1000);

        assertThat(channel.isOpen()).isFalse();
    }

    private static Request<byte[]> value() {
        return Commands.value(CommandType.GET, Commands.arguments());
    }

    private static Request<List<byte[]>> values() {
        return Commands.values(CommandType.SMEMBERS, Commands.arguments());
    }

    private <T> Request<T> sent(Request<T> request) {
        channel.writeOutbound(request);
        return request;
    }

    private void reply(String text) {
        replies.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void replyString(int length, char content) {
        reply("$" + length + "\r\n");
        replies.writeBytes(string(length, content));
        reply("\r\n");
    }

    private void replyStrings(int count) {
        reply("*" + count + "\r\n");
        for (int i = 0; i < count; i++) {
            replyString(64, 's');
        }
    }

    private void arrive(int piece) {
        byte[] all = replies.toByteArray();
        replies.reset();
        for (int at = 0; at < all.length && channel.isOpen(); at += piece) {
            channel.writeInbound(Unpooled.wrappedBuffer(Arrays.copyOfRange(all, at, Math.min(all.length, at + piece))));
        }
    }

    private static byte[] string(int length, char content) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) content);
        return bytes;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** The client's decoder, without the rest of the client. */
    private static final class Decoder extends CommandHandler {
        Decoder() {
            super(ClientOptions.create(), RESOURCES, (Endpoint) Proxy.newProxyInstance(
                    Endpoint.class.getClassLoader(),
                    new Class<?>[] {Endpoint.class},
                    (proxy, method, arguments) -> null));
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {}

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
    }
}
