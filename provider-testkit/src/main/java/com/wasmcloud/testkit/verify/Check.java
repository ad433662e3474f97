package com.wasmcloud.testkit.verify;

import com.wasmcloud.testkit.host.HostForm;

/**
 * One thing that a provider has to do.
 *
 * @param name group, slash, and what it is about
 * @param form the family of hosts that it is checked with
 */
record Check(String name, HostForm form, Rule rule, Scenario scenario) {
    /** What is done and looked at; throws when the provider does not keep the rule. */
    @FunctionalInterface
    interface Scenario {
        void play(Trial trial) throws Exception;
    }

    /** The name with the family of hosts, different for all checks of a run. */
    String fullName() {
        return name + (form == HostForm.OTP ? " (Elixir host)" : " (Rust host)");
    }
}
