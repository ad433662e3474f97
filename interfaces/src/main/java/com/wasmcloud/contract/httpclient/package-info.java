/** The contract {@code wasmcloud:httpclient}: HTTP requests that an actor has a provider send. */
@NullMarked
package com.wasmcloud.contract.httpclient;

import org.jspecify.annotations.NullMarked;
