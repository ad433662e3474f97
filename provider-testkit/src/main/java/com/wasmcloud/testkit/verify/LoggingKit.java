package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.logging.LogEntry;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.host.HostForm;
import java.util.List;
import java.util.Optional;

/** The logging contract under one of its ids. */
record LoggingKit(String contractId) implements Kit {
    private static final String WRITE_LOG = "Logging.WriteLog";
    /** Of the text in an encoded entry. */
    private static final int AROUND_A_TEXT = entry("debug", "x".repeat(0x10000)).size() - 0x10000;

    @Override
    public String operation() {
        return WRITE_LOG;
    }

    @Override
    public Bytes argument() {
        return entry("debug", "a line of the conformance check");
    }

    @Override
    public boolean isServed(Reply reply) {
        return !reply.isError();
    }

    @Override
    public Optional<String> operationWithArgument() {
        return Optional.of(WRITE_LOG);
    }

    @Override
    public boolean hasLargeArguments() {
        return true;
    }

    @Override
    public Call largeArgument(Lab lab, int size) {
        Bytes argument = entry("debug", "x".repeat(size - AROUND_A_TEXT));
        return new Call(WRITE_LOG, lab.actor().invocation(lab.provider(), WRITE_LOG, argument), this::isServed);
    }

    @Override
    public List<Check> suite() {
        return List.of(
                takes("every-level", "trace", "debug", "info", "warn", "error", "critical"),
                takes("a-level-that-nobody-knows", "loud", ""),
                new Check(
                        "contract/takes-any-text",
                        HostForm.RUST,
                        Rule.ofContract(contractId, "any text is taken, of whatever lines and characters"),
                        trial -> {
                            for (String text :
                                    List.of("", "two\nlines", "größer, 文字, \uD83D\uDE00", "\u0000\u001b[31m")) {
                                mustTake(trial, "info", text);
                            }
                        }));
    }

    private Check takes(String what, String... levels) {
        Rule rule = Rule.ofContract(contractId, what.replace('-', ' ') + " is taken");
        return new Check("contract/takes-" + what, HostForm.RUST, rule, trial -> {
            for (String level : levels) {
                mustTake(trial, level, "a line of level " + level);
            }
        });
    }

    private static void mustTake(Trial trial, String level, String text) {
        Lab lab = trial.lab();
        trial.sends("%s {level: '%s', text: '%s'}".formatted(WRITE_LOG, level, text))
                .expects("an empty result");
        Reply reply = lab.send(lab.actor().invocation(lab.provider(), WRITE_LOG, entry(level, text)));
        if (reply.isError()) {
            throw trial.came(reply.toString());
        }
    }

    private static Bytes entry(String level, String text) {
        return LogEntry.CODEC.encode(new LogEntry(level, text, Optional.empty()), Encoding.MSGPACK);
    }
}
