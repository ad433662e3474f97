package @PACKAGE@;

import java.util.concurrent.CompletionStage;

/** The operations of {@code @CONTRACT@}, for one link. Called by many threads; never blocks. */
public interface @CLASS@ extends AutoCloseable {
    /** Gives a number from 1 to the largest that is asked for. */
    CompletionStage<RollResult> roll(RollRequest request);

    /** Lets go of what the link holds. */
    @Override
    default void close() {}
}
