package @PACKAGE@;

import com.wasmcloud.contract.rpc.RpcException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/** Serves one link. Thread-safe. */
final class @CLASS@Session implements @CLASS@ {
    private final @CLASS@Settings settings;

    @CLASS@Session(@CLASS@Settings settings) {
        this.settings = settings;
    }

    @Override
    public CompletionStage<RollResult> roll(RollRequest request) {
        if (request.sides() < 1 || request.sides() > settings.mostSides()) {
            throw RpcException.invalidArgument(
                    "sides must be from 1 to %d, not %d".formatted(settings.mostSides(), request.sides()));
        }
        long number = ThreadLocalRandom.current().nextLong(request.sides()) + 1;
        return CompletableFuture.completedFuture(new RollResult(number));
    }
}
