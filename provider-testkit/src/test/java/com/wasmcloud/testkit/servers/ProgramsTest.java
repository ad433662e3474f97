package com.wasmcloud.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProgramsTest {
    @Test
    void findsWhatTheMachineHas() {
        assertThat(Programs.find("sh", "dash")).isExecutable();
    }

    @Test
    void saysWhatCanBeDoneAboutAProgramThatIsNowhere() {
        assertThatThrownBy(() -> Programs.find("no-such-program", "no-such-package"))
                .hasMessageStartingWith("no no-such-program was found: either put it into a folder of PATH, or install"
                        + " the package no-such-package");
    }
}
