package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Servers.class)
class IncrementTest {
    private static final String OVERFLOW = "redis error: ERR increment or decrement would overflow";

    private final Links links = new Links();
    private final String counter = UUID.randomUUID().toString();

    @AfterEach
    void close() {
        links.close();
    }

    @Test
    void aThousandAtATimeAreAllCounted(RedisServer redis) {
        RedisKeyValue keyValue = links.connect(redis.url());
        RedisKeyValue other = links.connect(redis.url());
        List<CompletionStage<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            calls.add(add(keyValue, 1));
            calls.add(add(other, 1));
        }

        assertThat(calls.stream().map(Await::result))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 1000).boxed().toList());
    }

    @Test
    void aSumPastTheRangeIsNeverSeenByAnybody(RedisServer redis) {
        RedisKeyValue keyValue = links.connect(redis.url());
        redis.command("SET", counter, Integer.toString(Integer.MAX_VALUE - 3));
        List<CompletionStage<?>> tooMuch = new ArrayList<>();
        List<CompletionStage<String>> seen = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            tooMuch.add(add(keyValue, 1000));
            seen.add(keyValue.get(counter).thenApply(found -> found.value()));
            add(keyValue, -1);
            add(keyValue, 1);
        }

        assertThat(tooMuch.stream().map(Links::failure)).containsOnly(OVERFLOW);
        assertThat(seen.stream().map(Await::result)).containsOnly(Integer.toString(Integer.MAX_VALUE - 3));
    }

    @Test
    void refusesNumbersThatAreOutOfRangeAlready(RedisServer redis) {
        RedisKeyValue keyValue = links.connect(redis.url());
        for (String value : List.of("3000000000", "-3000000000", "9223372036854775807", "-9223372036854775808")) {
            redis.command("SET", counter, value);

            assertThat(Links.failure(add(keyValue, 1))).isEqualTo(OVERFLOW);
            assertThat(Links.failure(add(keyValue, -1))).isEqualTo(OVERFLOW);
            assertThat(redis.command("GET", counter)).containsExactly(value);
        }
    }

    @Test
    void takesANumberBackIntoTheRange(RedisServer redis) {
        RedisKeyValue keyValue = links.connect(redis.url());
        redis.command("SET", counter, "2147483648");

        assertThat(Await.result(add(keyValue, -1))).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void worksOnWhenRedisHasForgottenTheScript(RedisServer redis) {
        RedisKeyValue keyValue = links.connect(redis.url());
        assertThat(Await.result(add(keyValue, 1))).isEqualTo(1);

        redis.command("SCRIPT", "FLUSH");

        assertThat(Await.result(add(keyValue, 1))).isEqualTo(2);
    }

    @Test
    void worksForAUserThatMayNotRunScripts() {
        try (RedisServer redis = RedisServer.setup()
                .user("plain", "secret", "~*", "+@read", "+@write", "-@scripting")
                .start()) {
            RedisKeyValue keyValue = links.connect("redis://plain:secret@127.0.0.1:" + redis.port());

            assertThat(Await.result(add(keyValue, 5))).isEqualTo(5);
            assertThat(Links.failure(add(keyValue, Integer.MAX_VALUE))).isEqualTo(OVERFLOW);
            assertThat(Await.result(add(keyValue, 1))).isEqualTo(6);
        }
    }

    @Test
    void tellsAUserThatMayNotIncrement() {
        try (RedisServer redis =
                RedisServer.setup().user("reader", "secret", "~*", "+get").start()) {
            RedisKeyValue keyValue = links.connect("redis://reader:secret@127.0.0.1:" + redis.port());

            assertThat(Links.failure(add(keyValue, 5)))
                    .startsWith("redis error: NOPERM")
                    .contains("incrby");
            assertThat(Await.result(keyValue.get(counter)).exists()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+@all -eval",
                "+@all -evalsha",
                "+@all -@scripting -decrby",
                "+@all -eval -decrby",
            })
    void worksForUsersWhoMayRunOnlySomeOfIt(String rules) {
        try (RedisServer redis =
                RedisServer.setup().user("plain", "secret", "~*", rules).start()) {
            RedisKeyValue keyValue = links.connect("redis://plain:secret@127.0.0.1:" + redis.port());

            assertThat(Await.result(add(keyValue, 5))).isEqualTo(5);
            assertThat(Links.failure(add(keyValue, Integer.MAX_VALUE))).isEqualTo(OVERFLOW);
            assertThat(redis.command("GET", counter)).containsExactly("5");
        }
    }

    @Test
    void takesASumBackWithoutDecrby() {
        try (RedisServer redis = RedisServer.setup()
                .user("plain", "secret", "~*", "+@all -decrby")
                .start()) {
            RedisKeyValue keyValue = links.connect("redis://plain:secret@127.0.0.1:" + redis.port());
            redis.command("SET", counter, "2147483647");

            assertThat(Links.failure(add(keyValue, 1))).isEqualTo(OVERFLOW);
            assertThat(redis.command("GET", counter)).containsExactly("2147483647");
        }
    }

    @Test
    void worksWhereTheCommandsForScriptsHaveOtherNames() {
        try (RedisServer redis = RedisServer.setup()
                .line("rename-command EVAL \"\"")
                .line("rename-command EVALSHA \"\"")
                .start()) {
            RedisKeyValue keyValue = links.connect(redis.url());

            assertThat(Await.result(add(keyValue, 5))).isEqualTo(5);
            assertThat(Links.failure(add(keyValue, Integer.MAX_VALUE))).isEqualTo(OVERFLOW);
        }
        try (RedisServer redis =
                RedisServer.setup().line("rename-command EVAL \"\"").start()) {
            assertThat(Await.result(add(links.connect(redis.url()), 5))).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR unknown command 'EVALSHA'",
                "ERR unknown command `EVALSHA`, with args beginning with: `x`, ",
                "ERR command is not supported",
                "ERR Lua scripting is disabled",
                "ERR This instance has scripts disabled.",
                "NOPERM this user has no permissions to run the 'eval' command or its subcommand",
                "NOTSUPPORTED scripts",
                "invalid command",
            })
    void worksWhereverScriptsAreRefusedInWhateverWords(String refusal) throws Exception {
        AtomicLong value = new AtomicLong();
        try (FakeRedis redis = FakeRedis.answering((words, to) -> FakeRedis.write(
                to,
                switch (words.get(0)) {
                    case "EVALSHA", "EVAL" -> "-" + refusal + "\r\n";
                    case "INCRBY" -> ":" + value.addAndGet(Long.parseLong(words.get(2))) + "\r\n";
                    default -> "+PONG\r\n";
                }))) {
            RedisKeyValue keyValue = links.connect(redis.url());

            assertThat(Await.result(add(keyValue, 5))).isEqualTo(5);
            assertThat(Await.result(add(keyValue, 5))).isEqualTo(10);
            assertThat(redis.commands().stream().filter("EVALSHA"::equals)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "BUSY Redis is busy running a script.",
                "OOM command not allowed when used memory > 'maxmemory'.",
                "MISCONF Redis is configured to save RDB snapshots",
                "CLUSTERDOWN Hash slot not served",
                "upstream failure",
            })
    void doesNotAddASecondTimeWhenSomethingElseIsWrong(String error) throws Exception {
        try (FakeRedis redis = FakeRedis.answering((words, to) ->
                FakeRedis.write(to, words.get(0).equals("EVALSHA") ? "-" + error + "\r\n" : "+PONG\r\n"))) {
            RedisKeyValue keyValue = links.connect(redis.url());

            assertThat(Links.failure(add(keyValue, 5))).isEqualTo("redis error: " + error);
            assertThat(redis.commands()).doesNotContain("INCRBY");
        }
    }

    private CompletionStage<Integer> add(RedisKeyValue keyValue, int value) {
        return keyValue.increment(new IncrementRequest(counter, value));
    }
}
