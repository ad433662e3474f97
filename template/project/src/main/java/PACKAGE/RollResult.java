package @PACKAGE@;

import com.wasmcloud.contract.rpc.Codec;

/** The number. */
public record RollResult(long number) {
    /** How it is written and read. */
    public static final Codec<RollResult> CODEC = Codec.record("RollResult", fields -> {
        var number = fields.required("number", Codec.U32, RollResult::number);
        return in -> new RollResult(in.get(number));
    });
}
