package @PACKAGE@;

import com.wasmcloud.contract.rpc.Codec;

/** How large the number may be. */
public record RollRequest(long sides) {
    /** How it is written and read. */
    public static final Codec<RollRequest> CODEC = Codec.record("RollRequest", fields -> {
        var sides = fields.required("sides", Codec.U32, RollRequest::sides);
        return in -> new RollRequest(in.get(sides));
    });
}
