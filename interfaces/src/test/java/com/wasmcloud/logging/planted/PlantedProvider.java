package com.wasmcloud.logging.planted;

import com.wasmcloud.wasmbus.planted.Envelope;

/** Planted: a main class may name a protocol. */
public class PlantedProvider {
    Envelope forbidden;
}
