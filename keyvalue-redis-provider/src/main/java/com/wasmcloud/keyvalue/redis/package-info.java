/**
 * The provider of {@code wasmcloud:keyvalue} on Redis: {@link com.wasmcloud.keyvalue.redis.KeyValueRedisProvider} is
 * where it starts, a {@code RedisKeyValue} serves one link.
 */
@NullMarked
package com.wasmcloud.keyvalue.redis;

import org.jspecify.annotations.NullMarked;
