/** Real servers for tests: NATS, Redis, S3, and an OpenTelemetry collector. */
@NullMarked
package com.wasmcloud.testkit.servers;

import org.jspecify.annotations.NullMarked;
