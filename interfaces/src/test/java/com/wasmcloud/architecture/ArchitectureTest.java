package com.wasmcloud.architecture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void usesOnlyWhatItMay() {
        ArchitectureRules.check();
    }

    @Test
    void findsAContractThatUsesAnotherLibrary() {
        assertThatThrownBy(() ->
                        ArchitectureRules.check(new ClassFileImporter().importPackages("com.wasmcloud.contract.rpc")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("contracts know no transport")
                .hasMessageContaining("org.junit");
    }
}
