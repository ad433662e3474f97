package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.provider.settings.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {
    @Test
    void readsAServer() {
        assertThat(RedisUrl.parse(" redis://127.0.0.1:6380/2 "))
                .isEqualTo(server(false, false, new Node("127.0.0.1", 6380), 2, Credentials.NONE));
    }

    @Test
    void fillsInWhatAUrlLeavesOut() {
        RedisUrl local = server(false, false, new Node("localhost", 6379), 0, Credentials.NONE);

        assertThat(RedisUrl.parse("redis://localhost")).isEqualTo(local);
        assertThat(RedisUrl.parse("redis://localhost/")).isEqualTo(local);
        assertThat(RedisUrl.parse("redis://localhost:")).isEqualTo(local);
        assertThat(RedisUrl.parse("redis://@localhost?protocol=resp3")).isEqualTo(local);
        assertThat(RedisUrl.parse("VALKEY://localhost")).isEqualTo(local);
        assertThat(RedisAddress.DEFAULT).hasToString("127.0.0.1:6379");
    }

    @Test
    void readsWhetherToUseTlsAndToAcceptAnyCertificate() {
        assertThat(RedisUrl.parse("rediss://host"))
                .isEqualTo(server(true, false, new Node("host", 6379), 0, Credentials.NONE));
        assertThat(RedisUrl.parse("rediss://host/#insecure"))
                .isEqualTo(server(true, true, new Node("host", 6379), 0, Credentials.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "redis://user:secret@host, user, secret",
        "redis://:secret@host, , secret",
        "redis://us%3Aer:s%40c%2Fr+et%25@host, us:er, s@c/r+et%",
        "redis://user:sec:ret@ho@host, user, sec:ret@ho",
        "redis://user@host, user, ",
        "unix:///run/redis.sock?user=user&pass=s%26t, user, s&t",
        "'redis-cluster://user:secret@host:1,host:2', user, secret",
    })
    void readsCredentials(String url, String username, String password) {
        assertThat(RedisUrl.parse(url).credentials()).isEqualTo(credentials(username, password));
    }

    @Test
    void readsAnAddressOfIpVersion6() {
        assertThat(RedisUrl.parse("redis://[::1]:7000"))
                .isEqualTo(server(false, false, new Node("::1", 7000), 0, Credentials.NONE));
        assertThat(RedisUrl.parse("redis://[::1]"))
                .isEqualTo(server(false, false, new Node("::1", 6379), 0, Credentials.NONE));
        assertThat(RedisUrl.parse("redis://[::1]:7000").address()).hasToString("[::1]:7000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unix:///run/my%20redis.sock?db=3",
                "redis+unix:///run/my%20redis.sock?db=3&other=1",
            })
    void readsASocket(String url) {
        assertThat(RedisUrl.parse(url).address())
                .isEqualTo(new RedisAddress.Socket("/run/my redis.sock", 3))
                .hasToString("/run/my redis.sock");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis-sentinel://a,b:7/4#mymaster",
                "redis-sentinel://a,b:7/4?sentinelMasterId=mymaster",
                "redis-sentinel://a,b:7/?master=mymaster&db=4",
            })
    void readsSentinels(String url) {
        assertThat(RedisUrl.parse(url).address())
                .isEqualTo(new RedisAddress.Sentinels(
                        List.of(new Node("a", 26379), new Node("b", 7)), "mymaster", false, 4))
                .hasToString("primary mymaster of sentinels a:26379,b:7");
    }

    @Test
    void readsACluster() {
        RedisUrl url = RedisUrl.parse("rediss-cluster://a,b:7/#insecure");

        assertThat(url.insecure()).isTrue();
        assertThat(url.address())
                .isEqualTo(new RedisAddress.Cluster(List.of(new Node("a", 6379), new Node("b", 7)), true))
                .hasToString("cluster a:6379,b:7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hidden | must be a URL that begins with",
                "http://hidden | must be a URL that begins with",
                "'' | must be a URL that begins with",
                "redis:// | names no host",
                "redis://:hidden@ | names no host",
                "redis://:hidden@:6379 | names no host",
                "redis://:hidden@a,b | several servers",
                "redis://:hidden@host:port | a port from 1 to 65535",
                "redis://:hidden@host:70000 | a port from 1 to 65535",
                "redis://:hidden@::1:6379 | into brackets",
                "redis://:hidden@host/zero | by a number",
                "redis://:hidden@host/-1 | by a number",
                "redis://:hidden%zz@host | two hexadecimal digits",
                "unix://relative/hidden | absolute path",
                "unix:/// | absolute path",
                "redis-sentinel://:hidden@host | the name that the sentinels",
                "redis-cluster://:hidden@host/1 | database 0 only",
            })
    void refusesWhatIsNotAnAddressWithoutQuotingIt(String url, String why) {
        assertThatThrownBy(() -> RedisUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("hidden")
                .hasNoCause();
    }

    @Test
    void printsNoCredentials() {
        RedisUrl url = RedisUrl.parse("redis://user:secret@host");

        assertThat(url.address().toString()).isEqualTo("host:6379");
        assertThat(url.toString()).doesNotContain("secret");
    }

    @Test
    void takesNamesAsContainersHaveThem() {
        assertThat(RedisUrl.parse("redis://redis_server:7000").address()).hasToString("redis_server:7000");
    }

    private static RedisUrl server(boolean tls, boolean insecure, Node node, int database, Credentials credentials) {
        return new RedisUrl(new RedisAddress.Server(node, tls, database), credentials, insecure);
    }

    private static Credentials credentials(String username, String password) {
        return new Credentials(
                Optional.ofNullable(username), Optional.ofNullable(password).map(Secret::new));
    }
}
