package com.wasmcloud.blobstore.s3;

import com.wasmcloud.testkit.suites.LinkSchemaTest;
import java.io.IOException;
import java.util.Set;

class SchemaTest extends LinkSchemaTest {
    SchemaTest() throws IOException {}

    @Override
    protected Set<String> apart() {
        return Set.of("max_memory_bytes", "aliases", "aliases.");
    }
}
