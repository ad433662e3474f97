package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://minio_server:9000",
                "https://s3.example.com",
                "http://[::1]:9000",
                "http://127.0.0.1:9000/prefix",
                "http://1-node.s3_1.internal"
            })
    void anyHostThatCanBeLookedUpIsTaken(String url) {
        Endpoint endpoint = Endpoint.parse(url + "/");

        assertThat(endpoint).hasToString(url);
        assertThat(endpoint.realHost(endpoint.uri().getHost())).isEqualTo(endpoint.host());
        assertThat(endpoint.uri().getPort()).isEqualTo(endpoint.port());
    }

    @Test
    void aBucketBeforeTheHostStaysThere() {
        Endpoint endpoint = Endpoint.parse("http://minio_server:9000");

        assertThat(endpoint.realHost("bucket." + endpoint.uri().getHost())).isEqualTo("bucket.minio_server");
        assertThat(endpoint.realHost("another.example.com")).isEqualTo("another.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minio:9000",
                "ftp://minio",
                "http://",
                "http://user:password@minio",
                "http://minio?query",
                "http://minio#fragment",
                "http://minio:99999",
                "http://min io",
                "http://minio/%zz"
            })
    void whatIsNoAddressOfAServerIsRefused(String url) {
        assertThatThrownBy(() -> Endpoint.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be a URL such as https://s3.example.com:9000")
                .hasMessageNotContaining("password");
    }

    @Test
    void theEndpointsOfAwsAreKnown() {
        assertThat(Endpoint.parse("https://s3.eu-central-1.amazonaws.com").isOfAws())
                .isTrue();
        assertThat(Endpoint.parse("https://s3.cn-north-1.amazonaws.com.cn").isOfAws())
                .isTrue();
        assertThat(Endpoint.parse("https://amazonaws.com.example.com").isOfAws())
                .isFalse();
    }
}
