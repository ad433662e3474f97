package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestInvocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the checks of the protocol need to know of a contract, and the checks of the contract itself. Stateless. */
interface Kit {
    /**
     * A call, and what its reply has to be.
     *
     * @param what the call in words
     */
    record Call(String what, TestInvocation invocation, Predicate<Reply> right) {}

    String contractId();

    /** An operation that changes nothing. */
    String operation();

    /** Another one, which takes the same argument where there is such a one. */
    default String otherOperation() {
        return "X.Y";
    }

    /** Its argument, never empty. */
    Bytes argument();

    /** Whether this is the reply to {@link #operation} from a provider that serves the link. */
    boolean isServed(Reply reply);

    /** The values of one link, when the user gives these for all links. */
    default Map<String, String> linkValues(Map<String, String> given) {
        return given;
    }

    /** Has an actor answer what the provider calls. */
    default void prepare(TestActor actor) {}

    /** An operation that takes an argument, if there is one; its argument will be something else. */
    default Optional<String> operationWithArgument() {
        return Optional.of(operation());
    }

    /** Whether there is an operation with an argument of any size. */
    default boolean hasLargeArguments() {
        return false;
    }

    /** A call whose encoded argument has exactly so many bytes. */
    default Call largeArgument(Lab lab, int size) {
        throw new IllegalStateException("the contract has no large arguments");
    }

    /** Whether there is an operation with a result of any size. */
    default boolean hasLargeResults() {
        return false;
    }

    /** A call whose encoded result has exactly so many bytes. */
    default Call largeResult(Lab lab, int size) {
        throw new IllegalStateException("the contract has no large results");
    }

    /** Call number so many of several at once, with a result of its own where the contract allows that. */
    default Call numbered(Lab lab, TestActor actor, int number) {
        return new Call(operation(), lab.honest(actor), this::isServed);
    }

    /** The checks of the contract. */
    List<Check> suite();
}
