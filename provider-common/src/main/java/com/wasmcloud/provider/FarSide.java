package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.provider.support.Budget;

/** The other end of a link, as a generation of the protocol reaches it. Thread-safe. */
public interface FarSide {
    /**
     * The peer's side of a contract; making one is cheap.
     *
     * @param memory of the link, where what is on its way to the peer is counted
     */
    <C> C as(Contract<C> contract, CallOptions options, Budget.Share memory);
}
