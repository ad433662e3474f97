package com.wasmcloud.planted;

import com.wasmcloud.contract.keyvalue.GetResponse;

/** Breaks the rule about adapters. */
public record KnowsAMessage(GetResponse response) {}
