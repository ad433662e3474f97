package com.wasmcloud.contract.keyvalue;

/** Adds {@code value}, which may be negative, to the counter {@code key}. */
public record IncrementRequest(String key, int value) {}
