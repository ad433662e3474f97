package com.wasmcloud.benchmarks;

import io.nats.client.ErrorListener;

/** Keeps the NATS client from printing what the load notices by itself. */
final class QuietEvents implements ErrorListener {}
