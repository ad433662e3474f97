package com.wasmcloud.contract.keyvalue;

/** Removes the first {@code value} from the list {@code listName}. */
public record ListDelRequest(String listName, String value) {}
