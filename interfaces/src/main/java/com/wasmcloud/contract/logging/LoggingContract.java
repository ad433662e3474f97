package com.wasmcloud.contract.logging;

import com.wasmcloud.contract.rpc.Caller;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.Operation;
import java.util.concurrent.CompletionStage;

/** The table of the logging contract, which exists under two ids. */
public final class LoggingContract {
    private static final Operation<Logging, LogEntry, Void> WRITE_LOG =
            Operation.of("Logging.WriteLog", LogEntry.CODEC, Codec.UNIT, Logging::writeLog);

    /** The contract under the id that hosts serve themselves, {@code wasmcloud:builtin:logging}. */
    public static final Contract<Logging> INSTANCE = named("wasmcloud:builtin:logging");

    /** The contract under the id of the logging plug-in of old, {@code wasmcloud:logging}, which no host claims. */
    public static final Contract<Logging> LEGACY = named("wasmcloud:logging");

    private LoggingContract() {}

    private static Contract<Logging> named(String id) {
        return Contract.<Logging>named(id).operation(WRITE_LOG).stubbedBy(Stub::new);
    }

    private record Stub(Caller caller) implements Logging {
        @Override
        public CompletionStage<Void> writeLog(LogEntry entry) {
            return WRITE_LOG.call(caller, entry);
        }
    }
}
