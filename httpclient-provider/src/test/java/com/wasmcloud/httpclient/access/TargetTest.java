package com.wasmcloud.httpclient.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "http://h -> http://h/",
                "HTTP://ExAmPle.COM:80/a -> http://example.com/a",
                "https://h:443/a?b=c#d -> https://h/a?b=c",
                "https://h:8443?q -> https://h:8443/?q",
                "http://h./a/./b/../c/%2e%2E/d -> http://h/a/d",
                "http://h/a/.. -> http://h/",
                "http://h/../../x/ -> http://h/x/",
                "http://h/a b|{ü}?x y'ü -> http://h/a%20b|%7B%C3%BC%7D?x%20y%27%C3%BC",
                "http://h\\a\\b?c\\d -> http://h/a/b?c\\d",
                "http:////h/a -> http://h/a",
                "http://user:secret@h:1/ -> http://h:1/",
                "http://bücher.example/ -> http://xn--bcher-kva.example/",
                "http://a@b@h/ -> http://h/",
                "http://h:/ -> http://h/",
                "http://[::1]:8080/ -> http://[::1]:8080/",
                "http://[0:0:0:0:0:0:0:1]/ -> http://[::1]/",
                "http://[::ffff:127.0.0.1]/ -> http://127.0.0.1/",
                "http://[::ffff:7f00:1]/ -> http://127.0.0.1/",
                "http://127.1/ -> http://127.0.0.1/",
                "http://2130706433/ -> http://127.0.0.1/",
                "http://0x7f.0.0.1/ -> http://127.0.0.1/",
                "http://0x7F000001/ -> http://127.0.0.1/",
                "http://017700000001/ -> http://127.0.0.1/",
                "http://0/ -> http://0.0.0.0/",
                "http://１２７.0.0.1/ -> http://127.0.0.1/",
                "http://%31%32%37.0.0.1/ -> http://127.0.0.1/",
                "http://127.0.0.1./ -> http://127.0.0.1/",
            })
    void readsAUrlAsBrowsersDo(String url, String meant) {
        Target target = Target.parse(url);
        assertThat(target.origin() + target.pathAndQuery()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h",
                "/a",
                "//h/a",
                "ftp://h/",
                "file:///etc/passwd",
                "gopher://h/",
                "http:h",
                "http://",
                "http:///",
                "http://:80/",
                "http://h:0/",
                "http://h:65536/",
                "http://h:8x/",
                "http://h:99999999999999999999/",
                "http://a..b/",
                "http://.a/",
                "http://a b/",
                "http://a%00b/",
                "http://a%2fb/",
                "http://a%40b/",
                "http://[::1/",
                "http://[::1%25eth0]/",
                "http://[h]/",
                "http://1.2.3.4.5/",
                "http://256.0.0.1/",
                "http://1.2.3.256/",
                "http://0x100000000/",
                "http://1.2.+3/",
                "http://08/",
                "http://a.1/",
            })
    void refusesWhatIsNoUrlAndDoesNotQuoteIt(String url) {
        assertThatThrownBy(() -> Target.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "/x -> http://h:1/x",
                "x -> http://h:1/a/x",
                "../x?y -> http://h:1/x?y",
                "?y -> http://h:1/a/b?y",
                "#f -> http://h:1/a/b?q",
                "//other/x -> http://other/x",
                "\\\\other\\x -> http://other/x",
                "https://other -> https://other/",
                "http://u:p@other/ -> http://other/",
            })
    void followsAReference(String location, String meant) {
        Target target = Target.parse("http://u:p@h:1/a/b?q").resolve(location);
        assertThat(target.origin() + target.pathAndQuery()).isEqualTo(meant);
        assertThat(target.user()).isEmpty();
    }

    @Test
    void printsNeitherPathNorPassword() {
        Target target = Target.parse("https://u:geheim@h/token?key");
        assertThat(target).hasToString("https://h");
        assertThat(target.user().orElseThrow().reveal()).isEqualTo("u:geheim");
    }
}
