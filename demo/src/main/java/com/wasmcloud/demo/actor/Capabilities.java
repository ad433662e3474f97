package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.httpclient.HttpClient;
import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.logging.Logging;

/** What the actor can do only by calling providers. */
public record Capabilities(KeyValue keyValue, Blobstore blobstore, Logging logging, HttpClient httpClient) {}
