package com.wasmcloud.benchmarks.candidate;

import io.nats.client.ErrorListener;

/** Keeps the NATS client from printing what the load reports anyway. */
public final class QuietEvents implements ErrorListener {}
