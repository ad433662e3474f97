package com.wasmcloud.wasmbus.planted;

import com.wasmcloud.provider.planted.Health;

/** Planted: a protocol may name the runtime. */
public class Envelope {
    Health forbidden;
}
