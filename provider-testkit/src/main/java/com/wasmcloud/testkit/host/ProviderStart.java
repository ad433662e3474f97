package com.wasmcloud.testkit.host;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a host tells a provider which it starts, before it is put into the form of one host family.
 *
 * @param hostId what the host calls itself
 * @param natsUrl with a scheme
 * @param userJwt empty for none
 * @param userSeed empty for none
 * @param cluster signs invocations
 * @param jetStreamDomain empty for the default
 * @param environment variables of the host
 */
record ProviderStart(
        String hostId,
        String lattice,
        String natsUrl,
        String userJwt,
        String userSeed,
        KeyPair cluster,
        String providerKey,
        String linkName,
        String instanceId,
        List<LinkDefinition> links,
        Optional<String> configJson,
        Duration rpcTimeout,
        Optional<String> logLevel,
        boolean structuredLogging,
        String jetStreamDomain,
        Map<String, String> environment) {}
