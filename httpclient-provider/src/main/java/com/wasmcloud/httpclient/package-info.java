/**
 * The provider {@code wasmcloud:httpclient}: sends the HTTP requests of actors. {@link com.wasmcloud.httpclient.HttpClientSession}
 * is the contract's side, {@link com.wasmcloud.httpclient.Fetch} one call, {@link com.wasmcloud.httpclient.Exchange} one request
 * on the wire.
 */
@NullMarked
package com.wasmcloud.httpclient;

import org.jspecify.annotations.NullMarked;
