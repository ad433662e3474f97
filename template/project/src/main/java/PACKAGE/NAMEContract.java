package @PACKAGE@;

import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.Operation;

/** The table of {@code @CONTRACT@}. */
public final class @CLASS@Contract {
    private static final Operation<@CLASS@, RollRequest, RollResult> ROLL =
            Operation.of("@CLASS@.Roll", RollRequest.CODEC, RollResult.CODEC, @CLASS@::roll);

    /** The contract, for serving and for calling it. */
    public static final Contract<@CLASS@> INSTANCE = Contract.<@CLASS@>named("@CONTRACT@")
            .operation(ROLL)
            .stubbedBy(caller -> request -> ROLL.call(caller, request));

    private @CLASS@Contract() {}
}
