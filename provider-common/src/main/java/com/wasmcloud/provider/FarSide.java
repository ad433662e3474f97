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

    /**
     * What this process is called among the instances of the provider: some letters and digits, unlike those of any other. Once
     * it has been asked for, the others can reach it by that.
     */
    String instance();

    /**
     * The same link at another instance of this provider, called in the name of the peer.
     *
     * @param instance what {@link #instance} gave there
     * @param memory of the link, where what is on its way is counted
     */
    <C> C at(String instance, Contract<C> contract, CallOptions options, Budget.Share memory);
}
