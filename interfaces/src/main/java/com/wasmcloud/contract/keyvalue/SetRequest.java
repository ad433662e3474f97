package com.wasmcloud.contract.keyvalue;

/** Stores {@code value} under {@code key} for {@code expires} seconds, for ever when that is 0. */
public record SetRequest(String key, String value, long expires) {}
