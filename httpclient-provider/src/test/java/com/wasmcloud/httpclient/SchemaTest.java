package com.wasmcloud.httpclient;

import com.wasmcloud.testkit.suites.LinkSchemaTest;
import java.io.IOException;

class SchemaTest extends LinkSchemaTest {
    SchemaTest() throws IOException {}
}
