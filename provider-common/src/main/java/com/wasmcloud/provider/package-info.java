/**
 * What the author of a provider writes against: a {@link com.wasmcloud.provider.Provider} opens a session for each
 * link; subjects, claims, chunks, health and shutdown are looked after here.
 */
@NullMarked
package com.wasmcloud.provider;

import org.jspecify.annotations.NullMarked;
