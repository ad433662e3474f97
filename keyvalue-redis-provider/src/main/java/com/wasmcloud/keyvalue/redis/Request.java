package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.support.Budget;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One command to Redis and the stage of its answer. An object is sent once; {@link #again} makes another like it.
 *
 * <p>Thread-safe. Holds what the bytes of its answer take of the link's memory while they arrive.
 *
 * @param <T> the answer
 */
final class Request<T> extends AsyncCommand<byte[], byte[], T> {
    private static final String READ_ONLY = "READONLY";

    private final Supplier<? extends Answer<T>> newAnswer;
    private final Answer<T> answer;
    private final CommandType type;
    private final boolean repeated;
    private final long madeAt = System.nanoTime();
    private volatile @Nullable Consumer<Request<?>> readOnlyListener;
    /** These are guarded by this. */
    private Budget.@Nullable Share memory;

    private long held;
    private boolean released;

    Request(CommandType type, CommandArgs<byte[], byte[]> arguments, Supplier<? extends Answer<T>> newAnswer) {
        this(type, arguments, newAnswer, newAnswer.get(), false);
    }

    private Request(
            CommandType type,
            CommandArgs<byte[], byte[]> arguments,
            Supplier<? extends Answer<T>> newAnswer,
            Answer<T> answer,
            boolean repeated) {
        super(new Command<>(type, answer, arguments));
        this.type = type;
        this.newAnswer = newAnswer;
        this.answer = answer;
        this.repeated = repeated;
    }

    /** The request inside what the client keeps in flight; null for a command of the client's own. */
    static @Nullable Request<?> in(@Nullable RedisCommand<?, ?, ?> command) {
        return command == null ? null : CommandWrapper.unwrap(command, Request.class);
    }

    /** The same command once more, which has not been sent. */
    Request<T> again() {
        return new Request<>(type, getArgs(), newAnswer, newAnswer.get(), true);
    }

    boolean isRepeated() {
        return repeated;
    }

    String name() {
        return type.name();
    }

    /** When it was made, on the clock of {@link System#nanoTime}. */
    long madeAt() {
        return madeAt;
    }

    Answer<T> answer() {
        return answer;
    }

    /**
     * Has the listener decide what becomes of this request if a replica refuses it, instead of failing it; the listener
     * sees to it that it is completed.
     */
    void whenReadOnly(Consumer<Request<?>> listener) {
        readOnlyListener = listener;
    }

    /** Fails with what the server said, after a listener of {@link #whenReadOnly} was told. */
    void failAsAnswered() {
        readOnlyListener = null;
        complete();
    }

    /** Completes with the outcome of another attempt. */
    void completeAs(CompletionStage<T> other) {
        other.whenComplete((result, failure) -> {
            if (failure == null) {
                complete(result);
            } else {
                completeExceptionally(failure);
            }
        });
    }

    /** Completes without its answer; what there is of that, and what comes later, is dropped. */
    void abandon(Throwable why) {
        answer.drop();
        completeExceptionally(why);
    }

    /** Takes memory for bytes that are about to arrive; false when there is none, or nobody waits for the answer. */
    synchronized boolean hold(Budget.Share counted, long bytes) {
        if (released || isDone() || !counted.tryTake(bytes)) {
            return false;
        }
        memory = counted;
        held += bytes;
        return true;
    }

    private synchronized void release() {
        released = true;
        if (memory != null) {
            memory.give(held);
            memory = null;
            held = 0;
        }
    }

    @Override
    public void complete() {
        Consumer<Request<?>> listener = readOnlyListener;
        if (listener != null && answer.hasError() && answer.getError().startsWith(READ_ONLY)) {
            listener.accept(this);
            return;
        }
        release(); // whoever gets the answer counts what is made of it
        super.complete();
    }

    @Override
    public boolean completeExceptionally(Throwable why) {
        release();
        return super.completeExceptionally(why);
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        release();
        return super.cancel(mayInterrupt);
    }
}
