package com.wasmcloud.provider;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A generation of wasmCloud's protocol, with the contract that a provider serves or calls in it. A provider that several
 * generations of hosts can start has one for each: the host data tells which is meant.
 *
 * <p>Immutable and thread-safe. This, {@link Lattice}, {@link Membership}, {@link Standalone}, {@link Node}, {@link Links}, {@link Calls},
 * {@link Call} and {@link FarSide} are all that the runtime and a generation know of each other.
 *
 * @param <S> the session opened for each link
 */
public interface Protocol<S extends AutoCloseable> {
    /** Whether a host of this generation wrote the host data, told by its keys. */
    boolean speaks(Map<String, @Nullable Object> hostData);

    /**
     * The lattice that the host data describes; joins nothing yet.
     *
     * @throws IllegalArgumentException with one sentence, free of secrets, when the host data cannot be used
     */
    Lattice<S> lattice(Map<String, @Nullable Object> hostData);

    /** What there is for a provider that no host starts. */
    Standalone standalone();
}
