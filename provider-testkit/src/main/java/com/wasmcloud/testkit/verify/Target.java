package com.wasmcloud.testkit.verify;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is verified.
 *
 * @param link values of every link
 * @param config provider configuration
 */
record Target(Path executable, Kit kit, Map<String, String> link, Optional<String> config, Limits limits) {}
