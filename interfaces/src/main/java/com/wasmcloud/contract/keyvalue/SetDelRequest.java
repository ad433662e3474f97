package com.wasmcloud.contract.keyvalue;

/** Removes {@code value} from the set {@code setName}. */
public record SetDelRequest(String setName, String value) {}
