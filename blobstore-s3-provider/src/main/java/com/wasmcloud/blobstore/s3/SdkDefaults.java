package com.wasmcloud.blobstore.s3;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * What a link's clients of S3 and STS have in common: nothing comes from files or variables that are not set on the link.
 * An immutable value.
 */
record SdkDefaults(S3Settings settings, ScheduledExecutorService clock, SdkAsyncHttpClient http) {

    /** A client's builder with these defaults, for a server other than that of AWS if there is one. */
    <B extends AwsAsyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B of(B builder, Optional<Endpoint> endpoint) {
        ClientOverrideConfiguration.Builder overrides = ClientOverrideConfiguration.builder()
                .defaultProfileFile(ProfileFile.aggregator().build())
                .scheduledExecutorService(clock)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(settings.server().maxAttempts())
                        .build())
                .apiCallTimeout(settings.network().requestTimeout());
        endpoint.ifPresent(server -> {
            builder.endpointOverride(server.uri());
            overrides.addExecutionInterceptor(new RealHost(server));
        });
        return builder.httpClient(http)
                .defaultsMode(DefaultsMode.STANDARD)
                .dualstackEnabled(false)
                .fipsEnabled(false)
                .asyncConfiguration(async ->
                        async.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
                .overrideConfiguration(overrides.build());
    }

    /** Puts a host's real name into requests before they are signed, where the SDK could not take it. */
    private record RealHost(Endpoint server) implements ExecutionInterceptor {
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            SdkHttpRequest request = context.httpRequest();
            String host = server.realHost(request.host());
            return host.equals(request.host())
                    ? request
                    : request.toBuilder().host(host).build();
        }
    }
}
